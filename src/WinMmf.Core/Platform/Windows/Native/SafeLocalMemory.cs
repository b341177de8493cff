using System;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Memory that an API allocated with LocalAlloc: a security descriptor, a SID, a text.</summary>
internal sealed class SafeLocalMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeLocalMemory()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Where the memory begins. Good only while this handle is open.</summary>
    public IntPtr Address => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Kernel32.LocalFree(handle) == IntPtr.Zero;
}
