using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>SECTION_BASIC_INFORMATION.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SectionBasicInformation
{
    public IntPtr BaseAddress;
    public uint AllocationAttributes;
    public long MaximumSize;
}
