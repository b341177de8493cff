using System;
using WinMmf.Platform.Windows.Native;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>A mapped section. It keeps the handle as well as the view: with the view alone the name would be gone (N4).</summary>
internal sealed unsafe class WindowsSharedSection : SharedSection
{
    private readonly SafeKernelHandle _handle;
    private readonly SafeViewHandle _view;
    private byte* _address;

    public WindowsSharedSection(SafeKernelHandle handle, SafeViewHandle view, long size, string owner, long? exactSize)
    {
        _handle = handle;
        _view = view;
        _address = (byte*)view.Address;
        Size = size;
        Owner = owner;
        ExactSize = exactSize;
        IsOwnedByCaller = WindowsAccount.IsCurrent(owner);
    }

    /// <inheritdoc/>
    public override byte* Address => _address != null ? _address : throw new ObjectDisposedException(nameof(SharedSection));

    /// <inheritdoc/>
    public override long Size { get; }

    /// <inheritdoc/>
    public override long? ExactSize { get; }

    /// <inheritdoc/>
    public override string Owner { get; }

    /// <inheritdoc/>
    public override bool IsOwnedByCaller { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// The access list decides; readers get no right to write, and a program without the right to read the list cannot ask.
    /// </remarks>
    public override bool CanOthersWrite => false;

    /// <inheritdoc/>
    public override AccessPolicy? ReadPolicy()
    {
        if (WindowsObjectSecurity.TryRead(_handle) is not { HasList: true } descriptor)
            return null;
        WindowsDescriptor whole = descriptor.WithSystem([.. WindowsObjectSecurity.ReadAudit(_handle), .. descriptor.SystemEntries]);
        return AccessPolicy.FromSddl(whole.ListToSddl() + whole.SystemToSddl());
    }

    /// <inheritdoc/>
    public override bool IsWhole() => true;

    /// <inheritdoc/>
    public override ResidentBytes Measure() => WindowsResidency.Measure((IntPtr)Address, Size);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _address = null;
        _view.Dispose();
        _handle.Dispose();
    }
}
