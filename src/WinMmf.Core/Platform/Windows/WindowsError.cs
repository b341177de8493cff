using System.ComponentModel;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Turns Win32 errors into exceptions that say what failed and which right was missing.</summary>
internal static class WindowsError
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>True if an object of that name does not exist.</summary>
    public static bool IsNotFound(int error) => error is Win32Error.ERROR_FILE_NOT_FOUND or Win32Error.ERROR_PATH_NOT_FOUND;

    /// <summary>A creation met an existing section; that one was left alone.</summary>
    public static WinMmfException AlreadyExists(string fullName, int error) =>
        new(
            WinMmfErrorId.AlreadyExists,
            $"Shared memory '{fullName}' exists already, and creating never adopts what exists.",
            FactsOf(fullName),
            error);

    /// <summary>An object of another account stands where one of this account, or of the name's owner, belongs.</summary>
    /// <param name="fullName">The object's name with its prefix.</param>
    /// <param name="owner">SID of its owner, or empty where it cannot be read.</param>
    /// <param name="rightful">SID of the account that should own it.</param>
    public static WinMmfException Foreign(string fullName, string owner, string rightful)
    {
        string whose = owner.Length > 0 ? $"{WindowsAccount.NameOf(owner)} ({owner})" : "an account that hides itself";
        return new WinMmfException(
            WinMmfErrorId.ForeignOwner,
            $"'{fullName}' belongs to {whose} and not to {WindowsAccount.NameOf(rightful)}, to whom it should. It is not used, since its "
                + $"maker could change it at any time.{WindowsAdministratorProtection.Explain()}",
            FactsOf(fullName) with { Owner = owner.Length > 0 ? WindowsAccount.NameOf(owner) : null },
            Win32Error.ERROR_ACCESS_DENIED);
    }

    /// <summary>
    /// Memory that another account has backed with a file: reading it ends this process once the file's drive or server is gone.
    /// </summary>
    public static WinMmfException BackedByFile(string fullName, string owner, string file)
    {
        string whose = owner.Length > 0 ? WindowsAccount.NameOf(owner) : "an account that hides itself";
        return new WinMmfException(
            WinMmfErrorId.NotTrusted,
            $"'{fullName}' is not used: {whose} has backed it with the file '{file}', and reading it would end this process when the file "
                + "cannot be read. WinMmf's memory has no file.",
            FactsOf(fullName) with { Owner = owner.Length > 0 ? whose : null });
    }

    /// <summary>A control pipe of another account than the section's that names it.</summary>
    public static WinMmfException ForeignPipe(string pipe, string owner, string rightful)
    {
        string whose = owner.Length > 0 ? $"{WindowsAccount.NameOf(owner)} ({owner})" : "an account that hides itself";
        return new WinMmfException(
            WinMmfErrorId.ForeignOwner,
            $"The control pipe '{pipe}' belongs to {whose} and not to "
                + $"{(rightful.Length > 0 ? WindowsAccount.NameOf(rightful) : "an account that can be seen from here")}, whose channel "
                + "names it. Nothing was sent to it. Ask the channel's owner, or end its process instead.",
            Win32Error.ERROR_ACCESS_DENIED);
    }

    /// <summary>The name belongs to an object of another type.</summary>
    public static WinMmfException WrongType(string fullName, string wanted, int error)
    {
        string? type = WindowsObjectDirectory.FindType(fullName);
        return new WinMmfException(
            WinMmfErrorId.WrongObjectType,
            $"'{fullName}' exists, but it is no {wanted}: another program uses the name for "
                + $"{(type is null ? "an event, a mutex or another object" : $"an object of the type {type}")}.",
            FactsOf(fullName) with { Kind = type },
            error);
    }

    /// <summary>A section's creation failed.</summary>
    /// <param name="fullName">The name with its prefix.</param>
    /// <param name="scope">Where it was to be made.</param>
    /// <param name="size">Bytes asked for.</param>
    /// <param name="error">The Win32 error.</param>
    /// <param name="exists">True if an object of that name is known to exist.</param>
    /// <param name="mayCreateGlobal">Whether this account has SeCreateGlobalPrivilege enabled.</param>
    public static WinMmfException Creation(string fullName, NameScope scope, long size, int error, bool exists, bool mayCreateGlobal)
    {
        switch (error)
        {
            case Win32Error.ERROR_INVALID_HANDLE:
                return WrongType(fullName, "shared memory", error);
            case Win32Error.ERROR_ACCESS_DENIED when exists:
                return new WinMmfException(
                    WinMmfErrorId.AlreadyExists,
                    $"Shared memory '{fullName}' exists already and belongs to another account.",
                    FactsOf(fullName),
                    error);
            case Win32Error.ERROR_PRIVILEGE_NOT_HELD or Win32Error.ERROR_ACCESS_DENIED when scope == NameScope.Global && !mayCreateGlobal:
                return new WinMmfException(
                    WinMmfErrorId.PrivilegeNotHeld,
                    $"Creating '{fullName}' was refused: the account {CurrentName()} lacks the right to create global objects "
                        + $"({WindowsPrivilege.CreateGlobal}), or has it only when elevated. Opening needs no privilege.",
                    FactsOf(fullName) with { Account = CurrentName(), Right = WindowsPrivilege.CreateGlobal },
                    error);
            case Win32Error.ERROR_PRIVILEGE_NOT_HELD:
                return new WinMmfException(
                    WinMmfErrorId.PrivilegeNotHeld,
                    $"Creating '{fullName}' was refused: the account {CurrentName()} lacks a privilege, and Windows does not say which. "
                        + "Run this elevated; 'whoami /priv' shows the privileges of a shell.",
                    error);
            case Win32Error.ERROR_ACCESS_DENIED:
                return new WinMmfException(
                    WinMmfErrorId.CreationDenied,
                    $"Creating '{fullName}' was refused to the account {CurrentName()}.",
                    FactsOf(fullName) with { Account = CurrentName() },
                    error);
            case Win32Error.ERROR_INVALID_PARAMETER:
                return new WinMmfException(
                    WinMmfErrorId.InvalidSize,
                    $"Windows cannot make shared memory '{fullName}' of {size} bytes.",
                    FactsOf(fullName) with { Needed = size },
                    error);
            default:
                return IsOutOfMemory(error)
                    ? OutOfMemory(fullName, size, error)
                    : Unexpected($"Creating shared memory '{fullName}' of {size} bytes", error);
        }
    }

    /// <summary>
    /// A creation that was refused because of what the object's descriptor says; null if it says nothing that could be refused.
    /// </summary>
    public static WinMmfException? OfDescriptor(string fullName, WindowsDescriptor descriptor, int error)
    {
        if (error == Win32Error.ERROR_INVALID_OWNER)
        {
            return new WinMmfException(
                WinMmfErrorId.InvalidAccess,
                $"'{fullName}' cannot belong to {WindowsAccount.NameOf(descriptor.Owner)}, as the owner (O:) in the descriptor says: an "
                    + "account makes objects for itself, or for a group of its own that may own some.",
                FactsOf(fullName) with { Owner = WindowsAccount.NameOf(descriptor.Owner) },
                error);
        }

        foreach (WindowsAce entry in descriptor.SystemEntries)
        {
            if (!entry.IsLabel && error == Win32Error.ERROR_PRIVILEGE_NOT_HELD)
                return AuditRefused(fullName, error);
            if (entry.IsLabel && WindowsLabel.LevelOf(entry.Sid) > WindowsAccount.CurrentLevel())
                return LabelRefused(fullName, descriptor.WithSystem([entry]).SystemToSddl(), error);
        }

        return null;
    }

    /// <summary>A label that this process may not give, or an object that it may not label.</summary>
    public static WinMmfException LabelRefused(string fullName, string label, int error) => new(
        WinMmfErrorId.LabelDenied,
        $"'{fullName}' cannot be given '{label}': the account {CurrentName()} may give labels up to its own level, to objects on which it "
            + $"has WRITE_OWNER. Windows says: {new Win32Exception(error).Message.TrimEnd('.', ' ')} (error {error}).",
        FactsOf(fullName) with { Account = CurrentName(), Right = "WRITE_OWNER" },
        error);

    /// <summary>Audit entries need a privilege that administrators have.</summary>
    public static WinMmfException AuditRefused(string fullName, int error) => new(
        WinMmfErrorId.PrivilegeNotHeld,
        $"'{fullName}' cannot be given audit entries: the account {CurrentName()} lacks the right to manage auditing "
            + $"({WindowsPrivilege.Security}), which administrators have when elevated.",
        FactsOf(fullName) with { Account = CurrentName(), Right = WindowsPrivilege.Security },
        error);

    /// <summary>A section of large pages needs a privilege that no account has by default.</summary>
    public static WinMmfException LargePagesRefused(string fullName, int error) => new(
        WinMmfErrorId.PrivilegeNotHeld,
        $"'{fullName}' cannot be made of large pages: the account {CurrentName()} lacks the right to lock pages in memory "
            + $"({WindowsPrivilege.LockMemory}).",
        FactsOf(fullName) with { Account = CurrentName(), Right = WindowsPrivilege.LockMemory },
        error);

    /// <summary>There is memory, but not in pieces as large as a large page.</summary>
    public static WinMmfException NoLargePages(string fullName, long size, int error) => new(
        WinMmfErrorId.OutOfLargePages,
        $"Windows has not enough large pages for '{fullName}' ({size} bytes): they need free memory in whole pieces, which is rare once "
            + "the machine has run for a while.",
        FactsOf(fullName) with { Needed = size },
        error);

    /// <summary>Keeping a section in memory was refused.</summary>
    public static WinMmfException LockRefused(string fullName, long size, int error) => new(
        WinMmfErrorId.LockedMemoryLimit,
        $"Windows does not lock {size} bytes of '{fullName}' in memory: the working set of this process cannot be made so large. Windows "
            + $"says: {new Win32Exception(error).Message.TrimEnd('.', ' ')} (error {error}).",
        FactsOf(fullName) with { Account = CurrentName(), Right = WindowsPrivilege.IncreaseWorkingSet, Needed = size },
        error);

    /// <summary>Mapping a section failed.</summary>
    public static WinMmfException Mapping(string fullName, long size, int error) =>
        IsOutOfMemory(error) ? OutOfMemory(fullName, size, error) : Unexpected($"Mapping shared memory '{fullName}'", error);

    /// <summary>Opening a section failed.</summary>
    /// <param name="fullName">The name with its prefix.</param>
    /// <param name="writable">Whether writing was asked for.</param>
    /// <param name="owner">SID of the owner, or empty where it cannot be read.</param>
    /// <param name="error">The Win32 error.</param>
    public static WinMmfException Opening(string fullName, bool writable, string owner, int error)
    {
        if (error == Win32Error.ERROR_INVALID_HANDLE)
            return WrongType(fullName, "shared memory", error);
        if (error is not (Win32Error.ERROR_ACCESS_DENIED or Win32Error.ERROR_PRIVILEGE_NOT_HELD))
            return Unexpected($"Opening shared memory '{fullName}'", error);

        string purpose = writable ? "reading and writing" : "reading";
        string right = writable ? "FILE_MAP_READ | FILE_MAP_WRITE" : "FILE_MAP_READ";
        string whose = owner.Length > 0
            ? $"It belongs to {WindowsAccount.NameOf(owner)} ({owner})."
            : "Its owner cannot be seen from here.";
        return new WinMmfException(
            WinMmfErrorId.AccessDenied,
            $"Opening shared memory '{fullName}' for {purpose} was refused: the account {CurrentName()} lacks the right {right}. {whose}",
            FactsOf(fullName) with
            {
                Operation = ErrorOperation.Open,
                Account = CurrentName(),
                Owner = owner.Length > 0 ? WindowsAccount.NameOf(owner) : null,
                Right = (writable ? AccessRight.Write : AccessRight.Read).ToString(),
            },
            error);
    }

    /// <summary>An error that has no meaning of its own here.</summary>
    /// <param name="action">What was done, as the beginning of a sentence.</param>
    /// <param name="error">The Win32 error.</param>
    public static WinMmfException Unexpected(string action, int error) =>
        new(WinMmfErrorId.SystemError,
            $"{action} failed. Windows says: {new Win32Exception(error).Message.TrimEnd('.', ' ')} (error {error}).", error);

    /// <summary>The current account for a message; never throws.</summary>
    public static string CurrentName()
    {
        try
        {
            return WindowsAccount.NameOf(WindowsAccount.CurrentUserSid());
        }
        catch (WinMmfException)
        {
            return System.Environment.UserName;
        }
    }

    /// <summary>The memory that an object belongs to, as what an error is about.</summary>
    public static ErrorFacts FactsOf(string fullName)
    {
        int separator = fullName.IndexOf('\\');
        string name = fullName.Substring(separator + 1);
        if (SharedName.FindReservedSuffix(name) is string suffix)
            name = name.Substring(0, name.Length - suffix.Length);
        NameScope scope = fullName.StartsWith(@"Global\", System.StringComparison.Ordinal) ? NameScope.Global : NameScope.Local;
        return new ErrorFacts { Name = name, Scope = scope.ToString() };
    }

    private static bool IsOutOfMemory(int error) =>
        error is Win32Error.ERROR_NOT_ENOUGH_MEMORY or Win32Error.ERROR_OUTOFMEMORY or Win32Error.ERROR_DISK_FULL
            or Win32Error.ERROR_NO_SYSTEM_RESOURCES or Win32Error.ERROR_COMMITMENT_LIMIT;

    private static WinMmfException OutOfMemory(string fullName, long size, int error)
    {
        MemoryStatus status = new() { Length = (uint)Marshal.SizeOf<MemoryStatus>() };
        string available = Kernel32.GlobalMemoryStatusEx(ref status)
            ? $" Windows can still commit {status.AvailableCommit / Mebibyte} MiB, and this process has "
                + $"{status.AvailableVirtual / Mebibyte} MiB of addresses left."
            : string.Empty;
        return new WinMmfException(
            error == Win32Error.ERROR_NOT_ENOUGH_MEMORY && System.IntPtr.Size == 4
                ? WinMmfErrorId.OutOfAddressSpace
                : WinMmfErrorId.OutOfSharedMemory,
            $"There is not enough memory for '{fullName}': it needs {size} bytes ({(size + Mebibyte - 1) / Mebibyte} MiB).{available}",
            FactsOf(fullName) with { Needed = size },
            error);
    }
}
