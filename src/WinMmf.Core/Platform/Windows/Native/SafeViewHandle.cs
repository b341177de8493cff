using System;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>A mapped view of a section.</summary>
internal sealed class SafeViewHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeViewHandle()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Where the view begins. Good only while this handle is open.</summary>
    public IntPtr Address => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Kernel32.UnmapViewOfFile(handle);
}
