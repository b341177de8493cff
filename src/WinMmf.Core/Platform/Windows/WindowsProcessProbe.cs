using System;
using System.IO;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;
using WinMmf.Processes;
using WinMmf.Text;

namespace WinMmf.Platform.Windows;

/// <summary>Processes by pid and creation time (design L4).</summary>
internal sealed class WindowsProcessProbe : IProcessProbe
{
    private const uint WaitObject0 = 0;
    private const int LongestPath = 32_768;
    private readonly Lazy<ProcessIdentity> _current = new(ReadCurrent);
    private readonly Lazy<string> _account = new(WindowsError.CurrentName);

    private delegate bool StartMatcher(ulong startTime);

    /// <inheritdoc/>
    public ProcessIdentity Current => _current.Value;

    /// <inheritdoc/>
    public string CurrentAccount => _account.Value;

    /// <inheritdoc/>
    public ProcessLiveness Probe(ProcessIdentity identity)
    {
        // A host other than 0 is a Linux machine's or another protocol's: the pid has no meaning here.
        if (identity.IsEmpty || identity.Host != 0 || identity.StartTime == 0)
            return ProcessLiveness.Unknown;
        return Probe(identity.ProcessId, start => start == identity.StartTime);
    }

    /// <summary>Whether the process of a registry's claim word lives: its pid, and the low half of its start time above it.</summary>
    public ProcessLiveness ProbeClaim(ulong claim)
    {
        uint low = (uint)(claim >> 32);
        uint processId = unchecked((uint)claim);
        return processId == 0 ? ProcessLiveness.Dead : Probe(processId, start => unchecked((uint)start) == low);
    }

    /// <inheritdoc/>
    public string? FindProgramName(ProcessIdentity identity)
    {
        if (identity.IsEmpty || identity.Host != 0)
            return null;

        using SafeKernelHandle process = Open(identity.ProcessId);
        if (process.IsInvalid)
        {
            return WindowsProcessTable.TryFind(identity.ProcessId, out ulong start, out string image) == true && start == identity.StartTime
                && image.Length > 0
                ? ForeignText.Clean(image)
                : null;
        }

        if (HasEnded(process) || !Kernel32.GetProcessTimes(process, out long creation, out _, out _, out _)
            || (ulong)creation != identity.StartTime)
            return null;

        char[] path = new char[LongestPath];
        uint length = (uint)path.Length;
        return Kernel32.QueryFullProcessImageNameW(process, 0, path, ref length)
            ? ForeignText.Clean(Path.GetFileName(new string(path, 0, (int)length)))
            : null;
    }

    /// <inheritdoc/>
    public ProcessEnd End(ProcessIdentity identity, string ownerId)
    {
        const uint Access = AccessRights.PROCESS_TERMINATE | AccessRights.PROCESS_QUERY_LIMITED_INFORMATION | AccessRights.SYNCHRONIZE;
        if (Probe(identity) == ProcessLiveness.Unknown)
            return ProcessEnd.Unseen;
        using SafeKernelHandle process = Kernel32.OpenProcess(Access, inherit: false, identity.ProcessId);
        int error = Marshal.GetLastWin32Error();
        if (process.IsInvalid)
            return error == Win32Error.ERROR_INVALID_PARAMETER || Probe(identity) == ProcessLiveness.Dead
                ? ProcessEnd.Gone
                : ProcessEnd.Denied;

        // From here on the handle holds it: its number is not given away before the handle is closed.
        if (HasEnded(process) || !Kernel32.GetProcessTimes(process, out long creation, out _, out _, out _)
            || (ulong)creation != identity.StartTime)
            return ProcessEnd.Gone;
        if (!WindowsAccount.RunsAs(process, ownerId))
            return ProcessEnd.OtherAccount;
        return Kernel32.TerminateProcess(process, 1) || HasEnded(process) ? ProcessEnd.Told : ProcessEnd.Denied;
    }

    private static SafeKernelHandle Open(uint processId) =>
        Kernel32.OpenProcess(AccessRights.PROCESS_QUERY_LIMITED_INFORMATION | AccessRights.SYNCHRONIZE, inherit: false, processId);

    /// <summary>A killed process can still be opened while another process keeps a handle to it; it is signalled then.</summary>
    private static bool HasEnded(SafeKernelHandle process) => Kernel32.WaitForSingleObject(process, 0) == WaitObject0;

    private static ProcessIdentity ReadCurrent()
    {
        using SafeKernelHandle process = SafeKernelHandle.CurrentProcess();
        if (!Kernel32.GetProcessTimes(process, out long creation, out _, out _, out _))
            throw WindowsError.Unexpected("Reading the start time of this process", Marshal.GetLastWin32Error());
        return new ProcessIdentity(Kernel32.GetCurrentProcessId(), (ulong)creation, 0);
    }

    private static ProcessLiveness Probe(uint processId, StartMatcher isStart)
    {
        using SafeKernelHandle process = Open(processId);
        int error = Marshal.GetLastWin32Error();
        if (process.IsInvalid)
        {
            return error switch
            {
                Win32Error.ERROR_INVALID_PARAMETER => ProcessLiveness.Dead,
                Win32Error.ERROR_ACCESS_DENIED => ProbeWithoutRights(processId, isStart),
                _ => ProcessLiveness.Unknown,
            };
        }

        if (HasEnded(process))
            return ProcessLiveness.Dead;
        if (!Kernel32.GetProcessTimes(process, out long creation, out _, out _, out _))
            return ProcessLiveness.Unknown;
        return isStart((ulong)creation) ? ProcessLiveness.Alive : ProcessLiveness.Dead;
    }

    private static ProcessLiveness ProbeWithoutRights(uint processId, StartMatcher isStart) =>
        WindowsProcessTable.TryFind(processId, out ulong start, out _) switch
        {
            true => isStart(start) ? ProcessLiveness.Alive : ProcessLiveness.Dead,
            false => ProcessLiveness.Dead,
            null => ProcessLiveness.Unknown,
        };
}
