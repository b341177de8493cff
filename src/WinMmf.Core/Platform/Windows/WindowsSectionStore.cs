using System;
using System.Runtime.InteropServices;
using WinMmf.Diagnostics;
using WinMmf.Memory;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Named sections backed by the page file.</summary>
internal sealed class WindowsSectionStore : ISectionStore
{
    private const uint PageReadWrite = 0x04;
    private static readonly IntPtr PageFile = new(-1);

    /// <inheritdoc/>
    public SharedSection Create(SharedName name, string suffix, long size, ObjectKind kind, AccessPolicy policy, SectionInitialiser initialise)
    {
        string fullName = WindowsObjectName.For(name, suffix);
        if (size <= 0 || (IntPtr.Size == 4 && size > int.MaxValue))
            throw new WinMmfException(WinMmfErrorId.InvalidSize, $"Shared memory '{fullName}' cannot have {size} bytes. Use 1 byte or more; in a 32-bit process at most {int.MaxValue}.");

        SafeKernelHandle handle;
        int error;
        using (WindowsSecurityDescriptor descriptor = WindowsSecurityDescriptor.For(kind, policy))
        {
            SecurityAttributes attributes = descriptor.Attributes;
            handle = Kernel32.CreateFileMappingW(PageFile, in attributes, PageReadWrite, (uint)(size >> 32), unchecked((uint)size), fullName);
            error = Marshal.GetLastWin32Error();
        }

        if (handle.IsInvalid)
        {
            handle.Dispose();
            if (error == Win32Error.ERROR_ACCESS_DENIED && Exists(fullName))
                WindowsForeignObject.ThrowUnlessOurs(fullName, FindOwner(fullName));
            throw WindowsError.Creation(fullName, name.Scope, size, error, error == Win32Error.ERROR_ACCESS_DENIED && Exists(fullName));
        }

        if (error == Win32Error.ERROR_ALREADY_EXISTS)
        {
            string owner = WindowsObjectSecurity.ReadOwner(handle);
            handle.Dispose();
            WindowsForeignObject.ThrowUnlessOurs(fullName, owner);
            throw WindowsError.AlreadyExists(fullName, error);
        }

        WindowsSharedSection section = Map(handle, fullName, AccessRights.FILE_MAP_READ | AccessRights.FILE_MAP_WRITE, size);
        try
        {
            initialise(section);
            return section;
        }
        catch
        {
            section.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SharedSection? TryOpen(SharedName name, string suffix, bool writable)
    {
        string fullName = WindowsObjectName.For(name, suffix);
        uint access = AccessRights.FILE_MAP_READ | (writable ? AccessRights.FILE_MAP_WRITE : 0);

        // READ_CONTROL only tells whose it is; who made it need not have granted that.
        SafeKernelHandle handle = Kernel32.OpenFileMappingW(access | AccessRights.READ_CONTROL, inherit: false, fullName);
        int error = Marshal.GetLastWin32Error();
        if (handle.IsInvalid && error == Win32Error.ERROR_ACCESS_DENIED)
        {
            handle.Dispose();
            handle = Kernel32.OpenFileMappingW(access, inherit: false, fullName);
            error = Marshal.GetLastWin32Error();
        }

        if (!handle.IsInvalid)
            return RefuseForeignPart(Map(handle, fullName, access, 0), name, suffix, fullName);

        handle.Dispose();
        if (WindowsError.IsNotFound(error))
            return null;
        throw WindowsError.Opening(fullName, writable, error == Win32Error.ERROR_ACCESS_DENIED ? FindOwner(fullName) : string.Empty, error);
    }

    /// <inheritdoc/>
    /// <remarks>The kernel removes a section with its last handle, so nothing is ever left.</remarks>
    public bool TryReclaim(SharedName name) => false;

    /// <inheritdoc/>
    /// <remarks>The name goes with the last handle.</remarks>
    public void RemoveName(SharedName name, string suffix)
    {
    }

    private static WindowsSharedSection Map(SafeKernelHandle handle, string fullName, uint access, long size)
    {
        SafeViewHandle? view = null;
        try
        {
            view = Kernel32.MapViewOfFile(handle, access, 0, 0, UIntPtr.Zero);
            if (view.IsInvalid)
                throw WindowsError.Mapping(fullName, size, Marshal.GetLastWin32Error());

            return new WindowsSharedSection(handle, view, MeasureView(view, fullName), WindowsObjectSecurity.ReadOwner(handle));
        }
        catch
        {
            view?.Dispose();
            handle.Dispose();
            throw;
        }
    }

    private static long MeasureView(SafeViewHandle view, string fullName)
    {
        UIntPtr length = new((uint)Marshal.SizeOf<MemoryBasicInformation>());
        if (Kernel32.VirtualQuery(view, out MemoryBasicInformation information, length) == UIntPtr.Zero)
            throw WindowsError.Unexpected($"Measuring shared memory '{fullName}'", Marshal.GetLastWin32Error());

        // Another program may have made it with SEC_RESERVE: touching pages that nobody committed would kill this process.
        if (information.State != MemoryBasicInformation.Committed)
            throw new WinMmfException(WinMmfErrorId.Truncated, $"Shared memory '{fullName}' is only reserved: its creator has not committed its pages. It was not made by WinMmf; choose another name.");

        return checked((long)information.RegionSize.ToUInt64());
    }

    /// <summary>A part that does not belong to whom the section with the plain name belongs was put there by a stranger.</summary>
    private static WindowsSharedSection RefuseForeignPart(WindowsSharedSection part, SharedName name, string suffix, string fullName)
    {
        if (suffix.Length == 0 || part.Owner.Length == 0)
            return part;
        string owner = FindOwner(WindowsObjectName.For(name, ""));
        if (owner.Length == 0 || owner == part.Owner)
            return part;
        string stranger = part.Owner;
        part.Dispose();
        throw WindowsError.Foreign(fullName, stranger, owner);
    }

    private static bool Exists(string fullName)
    {
        using SafeKernelHandle handle = Kernel32.OpenFileMappingW(AccessRights.SECTION_QUERY, inherit: false, fullName);
        int error = Marshal.GetLastWin32Error();
        return !handle.IsInvalid || !WindowsError.IsNotFound(error);
    }

    private static string FindOwner(string fullName)
    {
        using SafeKernelHandle handle = Kernel32.OpenFileMappingW(AccessRights.READ_CONTROL, inherit: false, fullName);
        return handle.IsInvalid ? string.Empty : WindowsObjectSecurity.ReadOwner(handle);
    }
}
