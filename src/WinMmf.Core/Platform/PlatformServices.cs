using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform;

/// <summary>Chooses the implementation for the running system, once. The only place that asks which system it is.</summary>
internal static class PlatformServices
{
    private static readonly Lazy<IPlatform> Lazy = new(Choose);

    /// <summary>The implementation for this system.</summary>
    public static IPlatform Current => Lazy.Value;

    /// <summary>What the name of an executable file ends in on this system.</summary>
    public static string ProgramSuffix => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ".exe" : "";

    private static IPlatform Choose()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return new Windows.WindowsPlatform();
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
            return new Linux.LinuxPlatform();
        throw new PlatformNotSupportedException("WinMmf runs on Windows and Linux.");
    }
}
