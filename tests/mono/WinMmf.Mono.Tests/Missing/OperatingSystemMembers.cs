using System;
using System.Runtime.InteropServices;

namespace WinMmf.Mono.Missing;

internal static class OperatingSystemMembers
{
    extension(OperatingSystem)
    {
        public static bool IsLinux() => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

        public static bool IsWindows() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
    }
}
