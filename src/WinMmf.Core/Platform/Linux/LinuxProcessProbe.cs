using System;
using System.Globalization;
using System.Text;
using System.Threading;
using WinMmf.Platform.Linux.Native;
using WinMmf.Processes;
using WinMmf.Text;

namespace WinMmf.Platform.Linux;

/// <summary>Processes by <c>/proc</c> (design L4).</summary>
internal sealed class LinuxProcessProbe : IProcessProbe
{
    /// <summary>Inode number of the time namespace in which the machine starts: a constant of the kernel.</summary>
    private const ulong InitialTimeSpace = 4_026_531_834;
    private const int ShortNameBytes = 15;
    private static readonly Lazy<ProcessIdentity> LazySelf = new(FindSelf, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>This process.</summary>
    public static ProcessIdentity Self => LazySelf.Value;

    public ProcessIdentity Current => Self;

    public string CurrentAccount
    {
        get
        {
            uint userId = Libc.GetEffectiveUserId();
            return Libc.FindUserName(userId) ?? userId.ToString(CultureInfo.InvariantCulture);
        }
    }

    public ProcessLiveness Probe(ProcessIdentity identity)
    {
        if (!IsInspectable(identity))
            return ProcessLiveness.Unknown;
        int error = LinuxProcFile.TryRead($"/proc/{Text(identity)}/stat", out string text);
        if (error == 0)
        {
            return LinuxProcessStat.TryParse(text, out LinuxProcessStat stat)
                ? Judge(in stat, identity)
                : ProcessLiveness.Unknown;
        }

        // Hidden by hidepid, or ended: only an ended process gives ESRCH.
        return error is Errno.ENOENT or Errno.ESRCH && Libc.ProbeProcess((int)identity.ProcessId) == Errno.ESRCH
            ? ProcessLiveness.Dead
            : ProcessLiveness.Unknown;
    }

    public string? FindProgramName(ProcessIdentity identity)
    {
        if (!IsInspectable(identity)
            || LinuxProcFile.TryRead($"/proc/{Text(identity)}/comm", out string name) != 0
            || LinuxProcFile.TryRead($"/proc/{Text(identity)}/stat", out string text) != 0
            || !LinuxProcessStat.TryParse(text, out LinuxProcessStat stat)
            || (identity.StartTime != 0 && identity.StartTime != stat.StartTime))
        {
            return null;
        }

        // A process gives itself both names, as it likes.
        return ForeignText.Clean(Complete(identity, name.TrimEnd('\n')));
    }

    public ProcessEnd End(ProcessIdentity identity, string ownerId)
    {
        if (!IsInspectable(identity))
            return ProcessEnd.Unseen;
        int process = (int)identity.ProcessId;
        int opened = Libc.OpenProcess(process, out DescriptorHandle descriptor);
        using (descriptor)
        {
            if (opened == Errno.ESRCH)
                return ProcessEnd.Gone;

            // From here on the descriptor means this process and no later one of the number (before Linux 5.3 nothing does).
            ProcessLiveness liveness = Probe(identity);
            if (liveness != ProcessLiveness.Alive)
                return liveness == ProcessLiveness.Dead ? ProcessEnd.Gone : ProcessEnd.Unseen;
            if (ownerId.Length == 0 || FindEffectiveUser(identity) != ownerId)
                return ProcessEnd.OtherAccount;
            int error = opened == 0 ? Libc.SignalProcess(descriptor, Libc.SigKill) : Libc.Signal(process, Libc.SigKill);
            return error switch
            {
                0 => ProcessEnd.Told,
                Errno.ESRCH => ProcessEnd.Gone,
                _ => ProcessEnd.Denied,
            };
        }
    }

    /// <summary>The user that a process acts as; null if that is not told. The owner of its folder in /proc may be root instead.</summary>
    private static string? FindEffectiveUser(ProcessIdentity identity)
    {
        const string Line = "\nUid:";
        if (LinuxProcFile.TryRead($"/proc/{Text(identity)}/status", out string status) != 0)
            return null;
        int at = status.IndexOf(Line, StringComparison.Ordinal);
        string[] users = at < 0
            ? []
            : status.Substring(at + Line.Length).Split(['\t', '\n', ' '], 3, StringSplitOptions.RemoveEmptyEntries);
        return users.Length > 1 ? users[1] : null;
    }

    /// <summary>The kernel cuts a name after 15 bytes; the first argument mostly has the rest.</summary>
    private static string Complete(ProcessIdentity identity, string name)
    {
        if (name.Length < ShortNameBytes || LinuxProcFile.TryRead($"/proc/{Text(identity)}/cmdline", out string arguments) != 0)
            return name;
        int end = arguments.IndexOf('\0');
        string program = end < 0 ? arguments : arguments.Substring(0, end);
        program = program.Substring(program.LastIndexOf('/') + 1);
        return program.StartsWith(name, StringComparison.Ordinal) ? program : name;
    }

    /// <summary>What the line of a process says about an identity with its pid.</summary>
    internal static ProcessLiveness Judge(in LinuxProcessStat stat, ProcessIdentity identity)
    {
        if (identity.StartTime != 0 && identity.StartTime != stat.StartTime)
            return ProcessLiveness.Dead;

        // A zombie whose exit code has not been read; but a first thread that ends before the others looks the same.
        return stat.State is 'Z' or 'X' or 'x' && stat.Threads <= 1 ? ProcessLiveness.Dead : ProcessLiveness.Alive;
    }

    /// <summary>FNV-1a (64 bit) of a UTF-8 text.</summary>
    internal static ulong Hash(string text)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ b) * 0x0000_0100_0000_01B3);
        return hash;
    }

    private static string Text(ProcessIdentity identity) => identity.ProcessId.ToString(CultureInfo.InvariantCulture);

    private static ProcessIdentity FindSelf()
    {
        uint processId = (uint)Libc.GetProcessId();
        ulong startTime = LinuxProcFile.TryRead("/proc/self/stat", out string text) == 0
            && LinuxProcessStat.TryParse(text, out LinuxProcessStat stat)
            ? stat.StartTime
            : 0;
        return new ProcessIdentity(processId, startTime, FindHost());
    }

    private static ulong FindHost()
    {
        if (LinuxProcFile.TryRead("/proc/sys/kernel/random/boot_id", out string boot) != 0
            || Libc.GetStatus("/proc/self/ns/pid", follow: true, out FileStatus ns) != 0)
        {
            // Equal to no other host's, so no process takes this one for dead.
            return Hash(Guid.NewGuid().ToString("N"));
        }

        // In a time namespace of its own a process has another start time, and its clock shows another time.
        string time = Libc.GetStatus("/proc/self/ns/time", follow: true, out FileStatus timeSpace) == 0
            && timeSpace.Inode != InitialTimeSpace
            ? "/" + timeSpace.Inode.ToString(CultureInfo.InvariantCulture)
            : "";
        return Hash(boot.TrimEnd('\n') + "/" + ns.Inode.ToString(CultureInfo.InvariantCulture) + time);
    }

    private static bool IsInspectable(ProcessIdentity identity) =>
        identity.ProcessId is > 0 and <= int.MaxValue
        && identity.Host == Self.Host
        && IsProcOurs();

    /// <summary>False where /proc is another pid namespace's: its numbers mean other processes.</summary>
    private static bool IsProcOurs() => Libc.ReadLink("/proc/self") == Text(Self);
}
