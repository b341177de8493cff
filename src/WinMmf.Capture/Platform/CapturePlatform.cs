using System;

namespace WinMmf.Capture.Platform;

/// <summary>Chooses the implementation for the running system.</summary>
internal static class CapturePlatform
{
    /// <summary>The implementation for this system.</summary>
    public static ICapturePlatform Current { get; } = OperatingSystem.IsWindows()
        ? new Windows.WindowsCapturePlatform()
        : new Linux.LinuxCapturePlatform();
}
