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

/// <summary>A mapped view of a section.</summary>
internal sealed class SafeViewHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeViewHandle()
        : base(ownsHandle: true)
    {
    }

    /// <summary>The address of the view. Valid only while this handle is open.</summary>
    public IntPtr Address => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Kernel32.UnmapViewOfFile(handle);
}

/// <summary>Memory that an API allocated with LocalAlloc: a security descriptor, a SID, a text.</summary>
internal sealed class SafeLocalMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeLocalMemory()
        : base(ownsHandle: true)
    {
    }

    /// <summary>The address of the memory. Valid only while this handle is open.</summary>
    public IntPtr Address => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Kernel32.LocalFree(handle) == IntPtr.Zero;
}

/// <summary>An open policy of the Local Security Authority.</summary>
internal sealed class SafeLsaHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeLsaHandle()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Advapi32.LsaClose(handle) >= 0;
}

/// <summary>Memory that the Local Security Authority allocated.</summary>
internal sealed class SafeLsaMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeLsaMemory()
        : base(ownsHandle: true)
    {
    }

    /// <summary>The address of the memory. Valid only while this handle is open.</summary>
    public IntPtr Address => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Advapi32.LsaFreeMemory(handle) >= 0;
}

/// <summary>Memory that netapi32 allocated.</summary>
internal sealed class SafeNetMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeNetMemory()
        : base(ownsHandle: true)
    {
    }

    /// <summary>The address of the memory. Valid only while this handle is open.</summary>
    public IntPtr Address => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Netapi32.NetApiBufferFree(handle) == 0;
}

/// <summary>An open key of the registry.</summary>
internal sealed class SafeRegistryKey : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeRegistryKey()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Advapi32.RegCloseKey(handle) == 0;
}

/// <summary>A handle of the Service Control Manager, or to a service.</summary>
internal sealed class SafeServiceHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public SafeServiceHandle()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Advapi32.CloseServiceHandle(handle);
}
