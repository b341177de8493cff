using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>Whether a signal could be sent to a process: 0, EPERM (it exists), or ESRCH (it does not).</summary>
    public static int ProbeProcess(int processId) => KillNative(processId, 0) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "kill", SetLastError = true)]
    private static extern int KillNative(int processId, int signal);
}
