using System;
using WinMmf.Management.Platform.Linux;
using WinMmf.Management.Platform.Windows;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Selection;
using WinMmf.Platform.Windows;

namespace WinMmf.Management.Platform.Selection;

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
        WindowsPlatform windows => new WindowsManagementPlatform(windows),
        LinuxPlatform linux => new LinuxManagementPlatform(linux),
        _ => throw new PlatformNotSupportedException("WinMmf runs on Windows and Linux."),
    };
}
