using System;
using System.Runtime.InteropServices;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Windows;

namespace WinMmf.Platform.Selection;

/// <summary>Chooses the implementation for the running system, once. The only place that asks which system it is.</summary>
internal static class PlatformServices
{
    private static readonly Lazy<IPlatform> Lazy = new(Choose);

    /// <summary>The implementation for this system.</summary>
    public static IPlatform Current => Lazy.Value;

    private static IPlatform Choose()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return new WindowsPlatform();
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
            return new LinuxPlatform();
        throw new PlatformNotSupportedException("WinMmf runs on Windows and Linux.");
    }
}
