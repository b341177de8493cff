using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

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
