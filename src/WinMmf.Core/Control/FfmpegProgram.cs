using System;
using System.IO;
using WinMmf.Platform;

namespace WinMmf.Control;

/// <summary>Where ffmpeg is. WinMmf brings none of its own.</summary>
public static class FfmpegProgram
{
    /// <summary>Names ffmpeg where it is not on the PATH.</summary>
    public const string Variable = "WINMMF_FFMPEG";

    /// <summary>How to get ffmpeg, as a sentence.</summary>
    public const string HowToGet = "Install ffmpeg (Windows: winget install Gyan.FFmpeg; Debian, Ubuntu: apt install ffmpeg), or name the program in " + Variable + ".";

    /// <summary>Finds the program: what <see cref="Variable"/> names, else along the PATH.</summary>
    /// <param name="fault">Why it was not found, as the end of a sentence; null if it was.</param>
    /// <returns>Its path; null if it was not found.</returns>
    public static string? Find(out string? fault) =>
        Find(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable("PATH") ?? "", PlatformServices.ProgramSuffix, out fault);

    internal static string? Find(string? named, string searchPath, string programSuffix, out string? fault)
    {
        fault = null;
        if (!string.IsNullOrWhiteSpace(named))
        {
            if (File.Exists(named))
                return named;
            fault = $"'{named}', which {Variable} names, does not exist";
            return null;
        }

        foreach (string folder in searchPath.Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries))
        {
            // A relative entry would run whatever lies in the current folder.
            string path = Path.IsPathRooted(folder) ? Path.Combine(folder, "ffmpeg" + programSuffix) : "";
            if (path.Length > 0 && File.Exists(path))
                return path;
        }

        fault = "it is not on the PATH";
        return null;
    }
}
