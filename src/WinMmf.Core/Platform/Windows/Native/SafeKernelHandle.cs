using System;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>A handle to a kernel object: section, event, process, token, directory.</summary>
internal sealed class SafeKernelHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeKernelHandle()
        : base(ownsHandle: true)
    {
    }

    private SafeKernelHandle(IntPtr pseudoHandle)
        : base(ownsHandle: false) => SetHandle(pseudoHandle);

    /// <summary>This process's pseudo handle; closing it does nothing.</summary>
    public static SafeKernelHandle CurrentProcess() => new(Kernel32.GetCurrentProcess());

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Kernel32.CloseHandle(handle);
}
