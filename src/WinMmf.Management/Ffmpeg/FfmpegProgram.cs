using System;
using System.IO;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.Management.Ffmpeg;

/// <summary>Where ffmpeg and ffprobe are. WinMmf brings none of its own.</summary>
internal static class FfmpegProgram
{
    /// <summary>Names ffmpeg where it is not on the PATH.</summary>
    public const string Variable = "WINMMF_FFMPEG";

    /// <summary>Names ffprobe where it is neither beside ffmpeg nor on the PATH.</summary>
    public const string ProbeVariable = "WINMMF_FFPROBE";

    /// <summary>How to install ffmpeg on this system, as a sentence.</summary>
    public static string HowToInstall => ManagementServices.Current.HowToInstallFfmpeg;

    /// <summary>How to install ffmpeg, or to say where it is, as two sentences.</summary>
    public static string HowToGet => $"{HowToInstall} Or name the program in {Variable}.";

    /// <summary>Finds ffmpeg: what <see cref="Variable"/> names, else along the PATH.</summary>
    /// <param name="fault">Why it was not found, as the end of a sentence; null if it was.</param>
    /// <returns>Its path; null if it was not found.</returns>
    public static string? Find(out string? fault) => Find(null, out fault);

    /// <summary>Finds ffmpeg: as given, else what <see cref="Variable"/> names, else along the PATH.</summary>
    /// <param name="program">A path, or a name to look for along the PATH, as the user gave it; null or empty: none was given.</param>
    /// <param name="fault">Why it was not found, as the end of a sentence; null if it was.</param>
    /// <returns>Its path; null if it was not found.</returns>
    public static string? Find(string? program, out string? fault) =>
        Find(program, Environment.GetEnvironmentVariable(Variable), SearchPath, ManagementServices.Current.ProgramSuffix, out fault);

    /// <summary>Finds ffprobe: what <see cref="ProbeVariable"/> names, else beside ffmpeg, else along the PATH.</summary>
    /// <param name="ffmpeg">Path of ffmpeg.</param>
    /// <param name="fault">Why it was not found, as the end of a sentence; null if it was.</param>
    /// <returns>Its path; null if it was not found.</returns>
    public static string? FindProbe(string ffmpeg, out string? fault)
    {
        string? named = Environment.GetEnvironmentVariable(ProbeVariable);
        string suffix = ManagementServices.Current.ProgramSuffix;
        if (!string.IsNullOrWhiteSpace(named))
            return Named(named!, ProbeVariable, SearchPath, suffix, out fault);
        string? found = FindFile(Path.Combine(Path.GetDirectoryName(ffmpeg) ?? "", "ffprobe"), suffix)
            ?? FindOnPath("ffprobe", SearchPath, suffix);
        fault = found is null ? $"ffprobe is neither beside '{ffmpeg}' nor on the PATH" : null;
        return found;
    }

    internal static string? Find(string? program, string? variable, string searchPath, string suffix, out string? fault)
    {
        if (!string.IsNullOrWhiteSpace(program))
            return Named(program!, null, searchPath, suffix, out fault);
        if (!string.IsNullOrWhiteSpace(variable))
            return Named(variable!, Variable, searchPath, suffix, out fault);
        string? found = FindOnPath("ffmpeg", searchPath, suffix);
        fault = found is null ? "it is not on the PATH" : null;
        return found;
    }

    private static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";

    private static string? Named(string program, string? variable, string searchPath, string suffix, out string? fault)
    {
        string source = variable is null ? "" : $", which {variable} names,";
        bool isBare = program.IndexOf(Path.DirectorySeparatorChar) < 0 && program.IndexOf(Path.AltDirectorySeparatorChar) < 0;

        // What a person gives is meant from the folder where they are; a variable is read wherever a program happens to be started.
        if (!isBare && variable is not null && !TrustedProgram.IsFullPath(program))
        {
            fault = $"'{program}'{source} is no full path";
            return null;
        }

        string? found = isBare ? FindOnPath(program, searchPath, suffix) : FindFile(program, suffix);
        fault = found is null ? $"'{program}'{source} {(isBare ? "is not on the PATH" : "does not exist")}" : null;
        return found;
    }

    private static string? FindOnPath(string program, string searchPath, string suffix)
    {
        foreach (string folder in searchPath.Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries))
        {
            // A relative entry would run a program in the current folder.
            if (TrustedProgram.IsFullPath(folder) && FindFile(Path.Combine(folder, program), suffix) is string found)
                return found;
        }

        return null;
    }

    // With the ending first: on Windows a file without it is no program.
    private static string? FindFile(string path, string suffix) =>
        suffix.Length > 0 && File.Exists(path + suffix) ? Path.GetFullPath(path + suffix)
        : File.Exists(path) ? Path.GetFullPath(path)
        : null;
}
