using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

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
