using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Job objects: groups of processes that end together.</summary>
internal static partial class Kernel32
{
    /// <summary>Creates a job object.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle CreateJobObjectW(IntPtr attributes, string? name);

    /// <summary>Sets what a job does with its processes.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetInformationJobObject(SafeKernelHandle job, int informationClass, in JobLimits information, uint length);

    /// <summary>Puts a process into a job.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool AssignProcessToJobObject(SafeKernelHandle job, SafeHandle process);

    /// <summary>Ends all processes of a job.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool TerminateJobObject(SafeKernelHandle job, uint exitCode);
}

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
    public UIntPtr MinimumWorkingSetSize;
    public UIntPtr MaximumWorkingSetSize;
    public uint ActiveProcessLimit;
    public UIntPtr Affinity;
    public uint PriorityClass;
    public uint SchedulingClass;
    public ulong ReadOperationCount;
    public ulong WriteOperationCount;
    public ulong OtherOperationCount;
    public ulong ReadTransferCount;
    public ulong WriteTransferCount;
    public ulong OtherTransferCount;
    public UIntPtr ProcessMemoryLimit;
    public UIntPtr JobMemoryLimit;
    public UIntPtr PeakProcessMemoryUsed;
    public UIntPtr PeakJobMemoryUsed;
}
