using System;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Windows;

namespace WinMmf.Management.Platform;

/// <summary>The implementation that goes with the core's, which knows the running system.</summary>
internal static class ManagementServices
{
    private static readonly Lazy<IManagementPlatform> Lazy = new(static () => For(PlatformServices.Current));

    /// <summary>The implementation for this system.</summary>
    public static IManagementPlatform Current => Lazy.Value;

    /// <summary>The implementation on top of a core's.</summary>
    /// <param name="core">The core's.</param>
    public static IManagementPlatform For(IPlatform core) => core switch
    {
        WindowsPlatform windows => new Windows.WindowsManagementPlatform(windows),
        LinuxPlatform linux => new Linux.LinuxManagementPlatform(linux),
        _ => throw new PlatformNotSupportedException("WinMmf runs on Windows and Linux."),
    };
}
