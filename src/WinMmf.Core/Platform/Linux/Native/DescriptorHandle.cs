using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>A file descriptor.</summary>
internal sealed class DescriptorHandle : SafeHandle
{
    // Never made by the marshaller: the C library returns 32 bits, of which it would read 64.
    public DescriptorHandle(int descriptor)
        : base(new IntPtr(-1), ownsHandle: true) => SetHandle(new IntPtr(descriptor));

    public override bool IsInvalid => handle == new IntPtr(-1);

    // Linux closes the descriptor even when close() reports an error, so there is nothing to try again.
    protected override bool ReleaseHandle() => Libc.Close(handle.ToInt32()) == 0;
}
