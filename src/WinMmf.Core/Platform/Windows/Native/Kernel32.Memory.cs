using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Sections, views, and their residency.</summary>
internal static partial class Kernel32
{
    /// <summary>Creates a section, or opens the one that has the name (then the last error is ERROR_ALREADY_EXISTS).</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle CreateFileMappingW(
        IntPtr file,
        in SecurityAttributes attributes,
        uint protection,
        uint sizeHigh,
        uint sizeLow,
        string name);

    /// <summary>Opens a section with the rights asked for and no others.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle OpenFileMappingW(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, string name);

    /// <summary>Maps a section; a length of zero maps all of it.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeViewHandle MapViewOfFile(
        SafeKernelHandle section, uint access, uint offsetHigh, uint offsetLow, UIntPtr length);

    /// <summary>Unmaps a view.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool UnmapViewOfFile(IntPtr address);

    /// <summary>Describes the pages that begin at an address.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern UIntPtr VirtualQuery(SafeViewHandle address, out MemoryBasicInformation information, UIntPtr length);

    /// <summary>The file that backs a view; 0 if the page file does.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern uint K32GetMappedFileNameW(IntPtr process, SafeViewHandle address, [Out] char[] name, uint length);

    /// <summary>Keeps pages of this process in memory; they must fit into its least working set.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool VirtualLock(SafeViewHandle address, UIntPtr size);

    /// <summary>Bytes of a large page; 0 if the processor has none.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern UIntPtr GetLargePageMinimum();

    /// <summary>The least and the most memory that the system means to leave to a process.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetProcessWorkingSetSize(IntPtr process, out UIntPtr least, out UIntPtr most);

    /// <summary>Changes the least and the most memory that the system means to leave to a process.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetProcessWorkingSetSize(IntPtr process, UIntPtr least, UIntPtr most);

    /// <summary>The kind of page at each of some addresses.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool K32QueryWorkingSetEx(IntPtr process, [In, Out] WorkingSetPage[] pages, uint bytes);

    /// <summary>How much memory the machine has and has left.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GlobalMemoryStatusEx(ref MemoryStatus status);

    /// <summary>Frees memory that the system allocated for the caller.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr LocalFree(IntPtr memory);
}

/// <summary>MEMORY_BASIC_INFORMATION. The gap before the region's size on 64 bit comes from its alignment.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MemoryBasicInformation
{
    public const uint Committed = 0x1000;

    private const uint NoAccess = 0x01;
    private const uint Guard = 0x100;

    public IntPtr BaseAddress;
    public IntPtr AllocationBase;
    public uint AllocationProtect;
    public UIntPtr RegionSize;
    public uint State;
    public uint Protect;
    public uint Type;

    /// <summary>
    /// False where a touch would end the process: who reserves a section commits its pages later, with a protection of its choice.
    /// </summary>
    public readonly bool IsReadable => State == Committed && (Protect & (NoAccess | Guard)) == 0;
}

/// <summary>MEMORYSTATUSEX.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MemoryStatus
{
    public uint Length;
    public uint Load;
    public ulong TotalPhysical;
    public ulong AvailablePhysical;
    public ulong TotalCommit;
    public ulong AvailableCommit;
    public ulong TotalVirtual;
    public ulong AvailableVirtual;
    public ulong AvailableExtendedVirtual;
}

/// <summary>PSAPI_WORKING_SET_EX_INFORMATION.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WorkingSetPage
{
    private const int ValidBit = 0;
    private const int LockedBit = 22;
    private const int LargePageBit = 23;

    public IntPtr Address;
    public UIntPtr Attributes;

    /// <summary>True if the page is in this process's working set; else the other bits say nothing.</summary>
    public readonly bool IsValid => Has(ValidBit);

    public readonly bool IsLocked => IsValid && Has(LockedBit);

    public readonly bool IsLargePage => IsValid && Has(LargePageBit);

    private readonly bool Has(int bit) => ((Attributes.ToUInt64() >> bit) & 1) != 0;
}
