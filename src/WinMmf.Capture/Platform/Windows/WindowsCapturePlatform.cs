using System.IO;

namespace WinMmf.Capture.Platform.Windows;

/// <inheritdoc/>
internal sealed class WindowsCapturePlatform : ICapturePlatform
{
    public string ProgramSuffix => ".exe";

    public string HowToGetFfmpeg => "Install it with: winget install Gyan.FFmpeg, or unpack a build from https://ffmpeg.org/download.html.";

    /// <summary>The size of a pipe is fixed when it is made.</summary>
    public void Widen(Stream pipe)
    {
    }
}
