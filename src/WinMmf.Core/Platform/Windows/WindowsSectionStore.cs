using System;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Named sections backed by the page file.</summary>
internal sealed unsafe class WindowsSectionStore : ISectionStore
{
    /// <summary>PAGE_READWRITE.</summary>
    public const uint PageReadWrite = 0x04;

    private const uint Commit = 0x0800_0000;
    private const uint LargePages = 0x8000_0000;
    private const int LongestPath = 1024;
    private const int SectionBasicInformationClass = 0;

    /// <summary>In place of a file: memory that the page file backs.</summary>
    public static readonly IntPtr PageFile = new(-1);

    /// <inheritdoc/>
    public SharedSection Create(SharedName name, long size, ObjectKind kind, AccessPolicy policy, SectionInitialiser initialise,
        MemoryResidency residency = MemoryResidency.None) =>
        Create(name, "", size, kind, policy, initialise, residency);

    /// <inheritdoc/>
    public SharedSection? TryOpen(SharedName name, bool writable) => TryOpen(name, "", writable);

    /// <inheritdoc/>
    public bool CanBeCutShort => false;

    // A section cannot be cut short here, and opening it never waits.
    public SharedSection? TryLook(SharedName name) => TryOpen(name, writable: false);

    /// <summary>Creates a section or a part: <paramref name="suffix"/> is one of <see cref="SharedName"/>'s.</summary>
    public SharedSection Create(SharedName name, string suffix, long size, ObjectKind kind, AccessPolicy policy,
        SectionInitialiser initialise, MemoryResidency residency = MemoryResidency.None)
    {
        string fullName = WindowsObjectName.For(name, suffix);
        if (size <= 0 || (IntPtr.Size == 4 && size > int.MaxValue))
            throw new WinMmfException(WinMmfErrorId.InvalidSize,
                $"Shared memory '{fullName}' cannot have {size} bytes, but 1 or more; in a 32-bit process at most {int.MaxValue}.",
                WindowsError.FactsOf(fullName) with { Needed = size });

        uint protection = PageReadWrite;
        if (residency == MemoryResidency.LargePages)
        {
            size = WindowsResidency.RoundUpToLargePages(size);
            if (size == 0)
                throw new WinMmfException(WinMmfErrorId.LargePagesUnavailable,
                    $"'{fullName}' cannot be made of large pages: this machine has none.", WindowsError.FactsOf(fullName));
            protection |= Commit | LargePages;

            // Without it the creation fails, and says so better.
            WindowsPrivilege.TryEnable(WindowsPrivilege.LockMemory);
        }

        SafeKernelHandle handle;
        int error;
        WindowsDescriptor made;
        using (WindowsSecurityDescriptor descriptor = WindowsSecurityDescriptor.For(kind, policy))
        {
            SecurityAttributes attributes = descriptor.Attributes;
            handle = Kernel32.CreateFileMappingW(PageFile, in attributes, protection, (uint)(size >> 32), unchecked((uint)size), fullName);
            error = Marshal.GetLastWin32Error();
            made = descriptor.Described;
        }

        if (handle.IsInvalid)
        {
            handle.Dispose();
            if (error == Win32Error.ERROR_ACCESS_DENIED && Exists(fullName))
                WindowsForeignObject.ThrowUnlessOurs(fullName, FindOwner(fullName));
            throw Refusal(name.Scope, fullName, size, residency, made, error);
        }

        if (error == Win32Error.ERROR_ALREADY_EXISTS)
        {
            string owner = WindowsObjectSecurity.ReadOwner(handle);
            handle.Dispose();
            WindowsForeignObject.ThrowUnlessOurs(fullName, owner);
            throw WindowsError.AlreadyExists(fullName, error);
        }

        WindowsSharedSection section = Map(handle, fullName, AccessRights.FILE_MAP_READ | AccessRights.FILE_MAP_WRITE, size, residency);
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

    /// <summary>Opens a section or a part. A part must belong to whom the section with the plain name belongs.</summary>
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
            return RefuseForeignPart(Map(handle, fullName, access, 0, plain: suffix.Length == 0 ? name : null), name, suffix, fullName);

        handle.Dispose();
        if (WindowsError.IsNotFound(error))
            return null;
        throw WindowsError.Opening(fullName, writable, error == Win32Error.ERROR_ACCESS_DENIED ? FindOwner(fullName) : string.Empty, error);
    }

    /// <inheritdoc/>
    /// <remarks>The kernel removes a section with its last handle, so nothing is ever left.</remarks>
    public bool TryReclaim(SharedName name) => false;

    /// <summary>True only if no object has the name: not where one is there and may not be opened.</summary>
    public bool IsAbsent(SharedName name, string suffix) => !Exists(WindowsObjectName.For(name, suffix));

    /// <summary>Why a section cannot be made.</summary>
    public static WinMmfException Refusal(
        NameScope scope, string fullName, long size, MemoryResidency residency, WindowsDescriptor descriptor, int error)
    {
        bool large = residency == MemoryResidency.LargePages;
        if (large && error == Win32Error.ERROR_PRIVILEGE_NOT_HELD)
            return WindowsError.LargePagesRefused(fullName, error);
        if (large && error is Win32Error.ERROR_NO_SYSTEM_RESOURCES or Win32Error.ERROR_NOT_ENOUGH_MEMORY)
            return WindowsError.NoLargePages(fullName, size, error);
        bool denied = error == Win32Error.ERROR_ACCESS_DENIED;
        if (error is Win32Error.ERROR_PRIVILEGE_NOT_HELD or Win32Error.ERROR_INVALID_LABEL or Win32Error.ERROR_INVALID_OWNER
            && WindowsError.OfDescriptor(fullName, descriptor, error) is WinMmfException refused)
            return refused;
        bool mayCreateGlobal = scope != NameScope.Global || WindowsPrivilege.StateOf(WindowsPrivilege.CreateGlobal) == true;
        return WindowsError.Creation(fullName, scope, size, error, denied && Exists(fullName), mayCreateGlobal);
    }

    private static WindowsSharedSection Map(
        SafeKernelHandle handle, string fullName, uint access, long size, MemoryResidency residency = MemoryResidency.None,
        SharedName? plain = null)
    {
        SafeViewHandle? view = null;
        try
        {
            // Since Windows 10 1703 a view of large pages must be asked for; where that does not go, small ones show the same memory.
            if (residency == MemoryResidency.LargePages)
                view = Kernel32.MapViewOfFile(handle, access | AccessRights.FILE_MAP_LARGE_PAGES, 0, 0, UIntPtr.Zero);
            if (view is null || view.IsInvalid)
            {
                view?.Dispose();
                view = Kernel32.MapViewOfFile(handle, access, 0, 0, UIntPtr.Zero);
            }

            if (view.IsInvalid)
                throw WindowsError.Mapping(fullName, size, Marshal.GetLastWin32Error());
            if (residency == MemoryResidency.Locked)
                WindowsResidency.Lock(view, size, fullName);

            string owner = WindowsObjectSecurity.ReadOwner(handle);
            RefuseForeignFile(view, fullName, owner);
            long mapped = MeasureView(view, fullName);

            // Only of what bears the plain name, a memory that another program may have made: the last page of anything else stays
            // untouched.
            long? known = plain is SharedName name ? MemoryTailLayout.TryRead((byte*)view.Address, mapped) ?? AskSize(name) : null;
            return new WindowsSharedSection(handle, view, mapped, owner, known);
        }
        catch
        {
            view?.Dispose();
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The bytes that were asked for when the section was made. Null if that is not told, or told in whole pages, which a system that
    /// rounds would say of any size.
    /// </summary>
    private static long? AskSize(SharedName name)
    {
        int error = WindowsObjectDirectory.TryOpenToQuery(name, out SafeKernelHandle opened);
        using SafeKernelHandle section = opened;
        if (error != 0)
            return null;
        uint length = (uint)Marshal.SizeOf<SectionBasicInformation>();
        bool isTold = Ntdll.NtQuerySection(section, SectionBasicInformationClass, out SectionBasicInformation told, length, out _) >= 0;
        return isTold && told.MaximumSize > 0 && told.MaximumSize % Environment.SystemPageSize != 0 ? told.MaximumSize : null;
    }

    private static long MeasureView(SafeViewHandle view, string fullName)
    {
        UIntPtr length = new((uint)Marshal.SizeOf<MemoryBasicInformation>());
        if (Kernel32.VirtualQuery(view, out MemoryBasicInformation information, length) == UIntPtr.Zero)
            throw WindowsError.Unexpected($"Measuring shared memory '{fullName}'", Marshal.GetLastWin32Error());

        // Another program may have made it with SEC_RESERVE: touching pages that are not committed would kill this process.
        if (!information.IsReadable)
            throw new WinMmfException(WinMmfErrorId.Truncated,
                $"Shared memory '{fullName}' cannot be read: its creator, a program other than WinMmf, has only reserved its pages, or "
                    + "protects them from every access.",
                WindowsError.FactsOf(fullName));

        return checked((long)information.RegionSize.ToUInt64());
    }

    /// <summary>
    /// A page whose file cannot be read ends the process that touches it; memory that the page file backs has no such pages.
    /// </summary>
    private static void RefuseForeignFile(SafeViewHandle view, string fullName, string owner)
    {
        char[] file = new char[LongestPath];
        uint length = Kernel32.K32GetMappedFileNameW(Kernel32.GetCurrentProcess(), view, file, (uint)file.Length);
        if (length > 0 && !WindowsAccount.IsCurrent(owner) && owner is not (WindowsAccount.SystemSid or WindowsAccount.AdministratorsSid))
            throw WindowsError.BackedByFile(fullName, owner, new string(file, 0, (int)length));
    }

    /// <summary>A part that does not belong to whom the section with the plain name belongs was put there by a stranger.</summary>
    private static WindowsSharedSection RefuseForeignPart(WindowsSharedSection part, SharedName name, string suffix, string fullName)
    {
        if (suffix.Length == 0)
            return part;
        string owner = FindOwner(WindowsObjectName.For(name, ""));
        if (!IsForeignPart(part.Owner, owner))
            return part;
        string stranger = part.Owner;
        part.Dispose();
        throw WindowsError.Foreign(fullName, stranger, owner);
    }

    /// <summary>
    /// An account that hides even the owner of a part does so on purpose: all parts of a channel tell that to who may read them, as its
    /// plain name does.
    /// </summary>
    /// <param name="part">Owner of the part; empty: not told.</param>
    /// <param name="whole">Owner of the section with the plain name; empty: not told, or there is none.</param>
    internal static bool IsForeignPart(string part, string whole) => whole.Length > 0 && part != whole;

    private static bool Exists(string fullName)
    {
        using SafeKernelHandle handle = Kernel32.OpenFileMappingW(AccessRights.READ_CONTROL, inherit: false, fullName);
        int error = Marshal.GetLastWin32Error();
        return !handle.IsInvalid || !WindowsError.IsNotFound(error);
    }

    private static string FindOwner(string fullName)
    {
        using SafeKernelHandle handle = Kernel32.OpenFileMappingW(AccessRights.READ_CONTROL, inherit: false, fullName);
        return handle.IsInvalid ? string.Empty : WindowsObjectSecurity.ReadOwner(handle);
    }
}
