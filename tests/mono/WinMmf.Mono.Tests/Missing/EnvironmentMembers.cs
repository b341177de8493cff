using System;
using System.Diagnostics;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Mono.Missing;

internal static class EnvironmentMembers
{
    extension(Environment)
    {
        public static int ProcessId => Process.GetCurrentProcess().Id;

        public static bool IsPrivilegedProcess => Libc.GetEffectiveUserId() == 0;
    }
}
