using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Processes and sessions.</summary>
internal static partial class Libc
{
    /// <summary>Asks a process to end in good order.</summary>
    public const int SigTerm = 15;

    /// <summary>Ends a process at once.</summary>
    public const int SigKill = 9;

    /// <summary>This process.</summary>
    [DllImport(Library, EntryPoint = "getpid")]
    public static extern int GetProcessId();

    /// <summary>Whether a signal could be sent to a process: 0, EPERM (it exists), or ESRCH (it does not).</summary>
    public static int ProbeProcess(int processId) => KillNative(processId, 0) == 0 ? 0 : Marshal.GetLastWin32Error();

    /// <summary>Sends a signal.</summary>
    public static int Signal(int processId, int signal) => KillNative(processId, signal) == 0 ? 0 : Marshal.GetLastWin32Error();

    /// <summary>A descriptor that means a process, and never a later one of the same number; ENOSYS before Linux 5.3.</summary>
    public static int OpenProcess(int processId, out DescriptorHandle descriptor)
    {
        const int PidfdOpen = 434;
        long result = SyscallNative(PidfdOpen, processId, 0, 0, 0);
        int error = result < 0 ? Marshal.GetLastWin32Error() : 0;
        descriptor = new DescriptorHandle((int)result);
        return error;
    }

    /// <summary>Sends a signal to a process that was opened.</summary>
    public static int SignalProcess(DescriptorHandle process, int signal)
    {
        const int PidfdSendSignal = 424;
        return SyscallNative(PidfdSendSignal, process.DangerousGetHandle().ToInt64(), signal, 0, 0) < 0 ? Marshal.GetLastWin32Error() : 0;
    }

    // The numbers are the same on every architecture.
    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static extern long SyscallNative(long number, long first, long second, long third, long fourth);

    [DllImport(Library, EntryPoint = "kill", SetLastError = true)]
    private static extern int KillNative(int processId, int signal);

    /// <summary>Begins a session of this process's own; EPERM for the leader of a process group.</summary>
    public static int CreateSession() => SetsidNative() < 0 ? Marshal.GetLastWin32Error() : 0;

    /// <summary>Makes the second descriptor lead to where the first one leads.</summary>
    public static int Duplicate(SafeHandle from, int to, bool closeOnExec) =>
        Dup3Native(from, to, closeOnExec ? CloseOnExec : 0) < 0 ? Marshal.GetLastWin32Error() : 0;

    [DllImport(Library, EntryPoint = "setsid", SetLastError = true)]
    private static extern int SetsidNative();

    [DllImport(Library, EntryPoint = "dup3", SetLastError = true)]
    private static extern int Dup3Native(SafeHandle from, int to, int flags);
}
