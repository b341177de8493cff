using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>UNICODE_STRING; lengths are in bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UnicodeString
{
    public ushort Length;
    public ushort MaximumLength;
    public IntPtr Buffer;

    /// <summary>The text, copied.</summary>
    public override readonly string ToString() =>
        Buffer == IntPtr.Zero ? string.Empty : Marshal.PtrToStringUni(Buffer, Length / sizeof(char)) ?? string.Empty;
}

/// <summary>OBJECT_ATTRIBUTES.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ObjectAttributes
{
    public uint Length;
    public IntPtr RootDirectory;
    public IntPtr ObjectName;
    public uint Attributes;
    public IntPtr SecurityDescriptor;
    public IntPtr SecurityQualityOfService;
}

/// <summary>PUBLIC_OBJECT_BASIC_INFORMATION: 56 bytes on 32 and 64 bit.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct ObjectBasicInformation
{
    [FieldOffset(8)]
    public uint HandleCount;
}

/// <summary>OBJECT_DIRECTORY_INFORMATION: one entry of a directory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ObjectDirectoryInformation
{
    public UnicodeString Name;
    public UnicodeString TypeName;
}

/// <summary>SECTION_BASIC_INFORMATION.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SectionBasicInformation
{
    public IntPtr BaseAddress;
    public uint AllocationAttributes;
    public long MaximumSize;
}

/// <summary>SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX: one handle of one process; the same source serves 32 and 64 bit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SystemHandleInformation
{
    public IntPtr Object;
    public IntPtr ProcessId;
    public IntPtr Handle;
    public uint GrantedAccess;
    public ushort CreatorBackTraceIndex;
    public ushort ObjectTypeIndex;
    public uint HandleAttributes;
    public uint Reserved;
}

/// <summary>The beginning of SYSTEM_PROCESS_INFORMATION, as far as it is read here; the same source serves 32 and 64 bit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SystemProcessInformation
{
    public uint NextEntryOffset;
    public uint NumberOfThreads;
    public long WorkingSetPrivateSize;
    public uint HardFaultCount;
    public uint NumberOfThreadsHighWatermark;
    public ulong CycleTime;
    public long CreateTime;
    public long UserTime;
    public long KernelTime;
    public UnicodeString ImageName;
    public int BasePriority;
    public IntPtr UniqueProcessId;
}
