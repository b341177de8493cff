using System;

namespace WinMmf.Publisher.Platform;

/// <summary>Chooses the implementation for the running system.</summary>
internal static class PublisherPlatform
{
    /// <summary>The implementation for this system.</summary>
    public static IPublisherPlatform Current { get; } = OperatingSystem.IsWindows()
        ? new Windows.WindowsPublisherPlatform()
        : new Linux.LinuxPublisherPlatform();
}
