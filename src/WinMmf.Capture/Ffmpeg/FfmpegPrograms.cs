using WinMmf.Errors;
using WinMmf.Management.Ffmpeg;

namespace WinMmf.Capture;

/// <summary>Where ffmpeg and ffprobe are.</summary>
/// <param name="Ffmpeg">Full path of ffmpeg.</param>
/// <param name="Ffprobe">Full path of ffprobe.</param>
public sealed record FfmpegPrograms(string Ffmpeg, string Ffprobe)
{
    /// <summary>Finds both, as <see cref="FfmpegProgram"/> does.</summary>
    /// <param name="ffmpeg">Path of ffmpeg as the user gave it; null to search.</param>
    /// <exception cref="WinMmfException">ProgramNotFound.</exception>
    public static FfmpegPrograms Find(string? ffmpeg = null)
    {
        string found = FfmpegProgram.Find(ffmpeg, out string? fault) ?? throw Missing(fault!);
        return new FfmpegPrograms(found, FfmpegProgram.FindProbe(found, out fault) ?? throw Missing(fault!));
    }

    private static WinMmfException Missing(string fault) => new(
        WinMmfErrorId.ProgramNotFound,
        $"Files, addresses and devices are opened by ffmpeg, and {fault}.",
        new ErrorFacts { Program = "ffmpeg" });
}
