using System;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Memory that netapi32 allocated.</summary>
internal sealed class SafeNetMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeNetMemory()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Where the memory begins. Good only while this handle is open.</summary>
    public IntPtr Address => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Netapi32.NetApiBufferFree(handle) == 0;
}
