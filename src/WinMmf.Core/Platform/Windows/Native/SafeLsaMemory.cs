using System;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Memory that the Local Security Authority allocated.</summary>
internal sealed class SafeLsaMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeLsaMemory()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Where the memory begins. Good only while this handle is open.</summary>
    public IntPtr Address => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Advapi32.LsaFreeMemory(handle) >= 0;
}
