using System.Runtime.InteropServices;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>The publisher's end: it creates the event of each row and signals those whose readers wait.</summary>
internal sealed unsafe class WindowsWaker : IWaker
{
    private readonly SafeKernelHandle?[] _events = new SafeKernelHandle?[RegistryLayout.Rows];
    private readonly byte[] _snapshot = new byte[RegistryLayout.Size];
    private readonly ReaderRegistry _registry;

    public WindowsWaker(SharedName name, AccessPolicy policy, ReaderRegistry registry)
    {
        _registry = registry;
        using WindowsSecurityDescriptor descriptor = WindowsSecurityDescriptor.For(ObjectKind.WakeEvent, policy);
        SecurityAttributes attributes = descriptor.Attributes;
        try
        {
            for (int row = 1; row < RegistryLayout.Rows; row++)
                _events[row] = CreateOrOpen(in attributes, WindowsObjectName.For(name, SharedName.Wake(row)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Wake()
    {
        fixed (byte* snapshot = _snapshot)
            _registry.Snapshot(snapshot);
        int woken = 0;
        for (int row = 1; row < RegistryLayout.Rows; row++)
        {
            if (_snapshot[RegistryLayout.Row(row) + RegistryLayout.Waiting] == 0)
                continue;
            woken++;
            SafeKernelHandle? handle = _events[row];
            if (handle is not null)
                Kernel32.SetEvent(handle);
        }

        return woken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafeKernelHandle? handle in _events)
            handle?.Dispose();
    }

    /// <summary>
    /// An event of that name; readers of a dead predecessor may still hold ours. Null where something else has the name: everybody can
    /// make an event, so a stranger's costs its row, whose reader then looks by time, and nothing more.
    /// </summary>
    private static SafeKernelHandle? CreateOrOpen(in SecurityAttributes attributes, string fullName)
    {
        SafeKernelHandle handle = Kernel32.CreateEventW(in attributes, manualReset: false, initialState: false, fullName);
        int error = Marshal.GetLastWin32Error();
        if (handle.IsInvalid && error == Win32Error.ERROR_ACCESS_DENIED)
        {
            handle.Dispose();
            handle = Kernel32.OpenEventW(AccessRights.EVENT_MODIFY_STATE | AccessRights.READ_CONTROL, inherit: false, fullName);
            error = Win32Error.ERROR_ALREADY_EXISTS;
        }

        if (!handle.IsInvalid && (error != Win32Error.ERROR_ALREADY_EXISTS || WindowsAccount.IsCurrent(WindowsObjectSecurity.ReadOwner(handle))))
            return handle;
        handle.Dispose();
        return null;
    }
}
