using System;

namespace WinMmf.Publisher.Platform;

/// <summary>Chooses the implementation for the running system.</summary>
internal static class PublisherPlatform
{
    /// <summary>The implementation for this system.</summary>
    public static IPublisherPlatform Current { get; } = OperatingSystem.IsWindows()
        ? new Windows.WindowsPublisherPlatform()
        : new Linux.LinuxPublisherPlatform();

    /// <summary>True if the system's limits let a command work; otherwise the error stream says what to do.</summary>
    /// <param name="serves">True for a command that serves other programs.</param>
    public static bool MayStart(bool serves) => OperatingSystem.IsWindows() || Linux.DescriptorLimit.IsEnough(serves);
}
