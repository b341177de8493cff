using System;
using System.IO;
using WinMmf.Capture.Platform;
using WinMmf.Control;
using WinMmf.Diagnostics;

namespace WinMmf.Capture;

/// <summary>Where ffmpeg and ffprobe are.</summary>
/// <param name="Ffmpeg">Full path of ffmpeg.</param>
/// <param name="Ffprobe">Full path of ffprobe.</param>
public sealed record FfmpegPrograms(string Ffmpeg, string Ffprobe)
{
    /// <summary>Names ffmpeg where it is not on the PATH.</summary>
    public const string FfmpegVariable = FfmpegProgram.Variable;

    /// <summary>Names ffprobe where it is neither beside ffmpeg nor on the PATH.</summary>
    public const string FfprobeVariable = "WINMMF_FFPROBE";

    /// <summary>Finds both: as given, else by environment variable, else on the PATH (ffprobe: beside ffmpeg first).</summary>
    /// <param name="ffmpeg">Path of ffmpeg as the user gave it; null to search.</param>
    /// <exception cref="WinMmfException">NotFound, with how to get ffmpeg here.</exception>
    public static FfmpegPrograms Find(string? ffmpeg = null)
    {
        string? named = NullIfEmpty(ffmpeg) ?? NullIfEmpty(Environment.GetEnvironmentVariable(FfmpegVariable));
        string found = (named is null ? FindOnPath("ffmpeg") : FindFile(named) ?? FindOnPath(named))
            ?? throw Missing(named is null ? "ffmpeg is not on the PATH" : $"'{named}' does not exist");

        string? namedProbe = NullIfEmpty(Environment.GetEnvironmentVariable(FfprobeVariable));
        string probe = (namedProbe is null
            ? FindFile(Path.Combine(Path.GetDirectoryName(found)!, "ffprobe")) ?? FindOnPath("ffprobe")
            : FindFile(namedProbe))
            ?? throw Missing(namedProbe is null ? $"ffprobe is neither beside '{found}' nor on the PATH" : $"'{namedProbe}' does not exist");
        return new FfmpegPrograms(found, probe);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static WinMmfException Missing(string what) => new(
        WinMmfErrorId.NotFound,
        $"Files, addresses and devices are opened by ffmpeg, and {what}. {CapturePlatform.Current.HowToGetFfmpeg} Or name the program with --ffmpeg PATH or {FfmpegVariable}.");

    private static string? FindOnPath(string program)
    {
        if (program.Contains(Path.DirectorySeparatorChar) || program.Contains(Path.AltDirectorySeparatorChar))
            return null;
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // Relative entries would run whatever lies in the current folder.
            if (Path.IsPathFullyQualified(folder) && FindFile(Path.Combine(folder, program)) is string found)
                return found;
        }

        return null;
    }

    private static string? FindFile(string path)
    {
        if (File.Exists(path))
            return Path.GetFullPath(path);
        string suffix = CapturePlatform.Current.ProgramSuffix;
        return suffix.Length > 0 && File.Exists(path + suffix) ? Path.GetFullPath(path + suffix) : null;
    }
}
