using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>PUBLIC_OBJECT_BASIC_INFORMATION: 56 bytes on 32 and 64 bit.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct ObjectBasicInformation
{
    [FieldOffset(8)]
    public uint HandleCount;
}
