using System;
using System.IO;
using System.Runtime.Versioning;
using WinMmf.Management.Platform;

namespace WinMmf.Capture.Platform.Windows;

/// <inheritdoc/>
[SupportedOSPlatform("windows")]
internal sealed class WindowsCapturePlatform : ICapturePlatform
{
    /// <summary>Ctrl+Break needs a console that both share, and a publisher has none.</summary>
    public bool CanAskToEnd => false;

    public IChildGuard Guard(StartedProgram child) => new JobOfChild(child);

    public IFrameTimer? TryCreateTimer() => HighResolutionTimer.TryCreate();

    /// <summary>The size of a pipe is fixed when it is made.</summary>
    public void Widen(Stream pipe)
    {
    }
}
