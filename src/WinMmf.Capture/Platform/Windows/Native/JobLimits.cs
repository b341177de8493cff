using System.Runtime.InteropServices;

namespace WinMmf.Capture.Platform.Windows.Native;

/// <summary><c>JOBOBJECT_EXTENDED_LIMIT_INFORMATION</c>: of its fields only the flags are used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct JobLimits
{
    /// <summary><c>JobObjectExtendedLimitInformation</c>.</summary>
    public const int Class = 9;

    /// <summary><c>JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE</c>.</summary>
    public const uint KillOnClose = 0x2000;

    public long PerProcessUserTimeLimit;
    public long PerJobUserTimeLimit;
    public uint Flags;
    public nuint MinimumWorkingSetSize;
    public nuint MaximumWorkingSetSize;
    public uint ActiveProcessLimit;
    public nuint Affinity;
    public uint PriorityClass;
    public uint SchedulingClass;
    public ulong ReadOperationCount;
    public ulong WriteOperationCount;
    public ulong OtherOperationCount;
    public ulong ReadTransferCount;
    public ulong WriteTransferCount;
    public ulong OtherTransferCount;
    public nuint ProcessMemoryLimit;
    public nuint JobMemoryLimit;
    public nuint PeakProcessMemoryUsed;
    public nuint PeakJobMemoryUsed;
}
