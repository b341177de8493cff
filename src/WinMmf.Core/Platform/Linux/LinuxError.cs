using System;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>Turns errors of the system into exceptions that say what failed and whose the object is.</summary>
internal static class LinuxError
{
    private const int Megabyte = 1 << 20;

    /// <summary>An error without an id of its own.</summary>
    public static WinMmfException System(string action, int error) =>
        new(WinMmfErrorId.SystemError, $"{action} failed: {Libc.DescribeError(error)} (errno {Number(error)}).", error);

    /// <summary>Opening an existing object failed.</summary>
    public static WinMmfException Open(SharedName name, string suffix, string path, bool writable, int error)
    {
        switch (error)
        {
            case Errno.EACCES or Errno.EPERM:
                string right = writable ? "write to" : "read";
                return new WinMmfException(
                    WinMmfErrorId.AccessDenied,
                    $"You may not {right} {name}{suffix} ({DescribeFile(path)}); you are {DescribeUser(Libc.GetEffectiveUserId())}.",
                    name.ToFacts() with
                    {
                        Operation = ErrorOperation.Open,
                        Path = path,
                        Owner = Libc.GetStatus(path, follow: false, out FileStatus status) == 0 ? DescribeUser(status.UserId) : null,
                        Account = Grantee(),
                        Right = (writable ? AccessRight.Write : AccessRight.Read).ToString(),
                    },
                    error);
            case Errno.ELOOP or Errno.EISDIR or Errno.ENXIO:
                return WrongType(name, suffix, path, error);
            default:
                return System($"Opening {name}{suffix} ({path})", error);
        }
    }

    /// <summary>Something that is no section stands at the name.</summary>
    public static WinMmfException WrongType(SharedName name, string suffix, string path, int error = 0)
    {
        bool isThere = Libc.GetStatus(path, follow: false, out FileStatus status) == 0;
        string what = isThere ? status.DescribeType() : "of another type";
        return new WinMmfException(
            WinMmfErrorId.WrongObjectType,
            $"What is named {name}{suffix} is no shared memory but {what} ({DescribeFile(path)}).",
            name.ToFacts() with { Path = path, Kind = what },
            error != 0 || !isThere ? error : status.WrongTypeError);
    }

    /// <summary>Memory that shall not be paged out is more than the account may lock.</summary>
    public static WinMmfException Lock(SharedName name, string suffix, long size, int error)
    {
        bool isKnown = Libc.GetLockLimit(out ulong bytes) == 0;
        string limit = !isKnown ? "unknown" : bytes == ulong.MaxValue ? "unlimited" : Bytes(bytes);
        ErrorFacts facts = name.ToFacts() with
        {
            Needed = size,
            Limit = isKnown && bytes <= long.MaxValue ? (long)bytes : null,
            Right = "CAP_IPC_LOCK",
        };
        return error switch
        {
            Errno.EPERM => new WinMmfException(
                WinMmfErrorId.PrivilegeNotHeld,
                $"{name}{suffix} cannot be locked in memory: {DescribeUser(Libc.GetEffectiveUserId())} may lock nothing at all.",
                facts,
                error),
            Errno.ENOMEM or Errno.EAGAIN => new WinMmfException(
                WinMmfErrorId.LockedMemoryLimit,
                $"{Bytes(size)} of {name}{suffix} cannot be locked in memory: "
                    + $"the limit of {DescribeUser(Libc.GetEffectiveUserId())} is {limit} ('ulimit -l'), what is locked already included.",
                facts,
                error),
            _ => System($"Locking {name}{suffix} in memory", error),
        };
    }

    /// <summary>Large pages were asked for, and not one was to be had.</summary>
    public static WinMmfException LargePages(SharedName name, string suffix, string setting, int error) =>
        error is Errno.ENOMEM or Errno.EAGAIN or Errno.EBUSY
        ? new WinMmfException(
            WinMmfErrorId.OutOfLargePages,
            $"{name}{suffix} gets no large pages: there is no free memory in pieces that large ({Libc.DescribeError(error)}).",
            name.ToFacts(),
            error)
        : new WinMmfException(
            WinMmfErrorId.LargePagesUnavailable,
            $"{name}{suffix} gets no large pages: this system does not allow them for shared memory "
                + $"(/sys/kernel/mm/transparent_hugepage/shmem_enabled: {setting}).",
            name.ToFacts(),
            error);

    /// <summary>A file of another account stands where only this account's may.</summary>
    public static WinMmfException Squatted(SharedName name, string suffix, string path, in FileStatus status) => new(
        WinMmfErrorId.ForeignOwner,
        $"{name}{suffix} ({path}) was made by {DescribeUser(status.UserId)} and not by the account that it should belong to. "
            + "It is not used, since its maker could change it at any time.",
        name.ToFacts() with { Path = path, Owner = DescribeUser(status.UserId) },
        Errno.EACCES);

    /// <summary>Another account than the owner of a channel listens where the channel says that its publisher does.</summary>
    public static WinMmfException ForeignPipe(string endpoint, uint user) => new(
        WinMmfErrorId.ForeignOwner,
        $"The control pipe {endpoint} belongs to {DescribeUser(user)} and not to the owner of what names it. Nothing was sent to it.",
        Errno.EACCES);

    /// <summary>A publisher's section that is not what only its publisher can have made it.</summary>
    public static WinMmfException NotTrusted(SharedName name, string path, string why) => new(
        WinMmfErrorId.NotTrusted,
        $"{name} is not used: {why} ({DescribeFile(path)}), and what others can change or put there decides nothing here.",
        name.ToFacts() with { Path = path },
        Errno.EACCES);

    /// <summary>The name is taken.</summary>
    public static WinMmfException Exists(SharedName name, string suffix, string path) => new(
        WinMmfErrorId.AlreadyExists,
        $"{name}{suffix} exists already ({DescribeFile(path)}).",
        name.ToFacts() with { Path = path },
        Errno.EEXIST);

    /// <summary>A leftover of another account stands at the name.</summary>
    public static WinMmfException LeftBehind(SharedName name, string suffix, string path, in FileStatus status) => new(
        WinMmfErrorId.ForeignOwner,
        $"{name}{suffix} was left behind by a killed process of {DescribeUser(status.UserId)}, and only that user or root may remove it.",
        name.ToFacts() with { Path = path, Owner = DescribeUser(status.UserId) },
        Errno.EPERM);

    /// <summary>Another process has been removing it for seconds.</summary>
    public static WinMmfException Stuck(SharedName name, string suffix, string path) => new(
        WinMmfErrorId.NotReady,
        $"Another process has been removing {name}{suffix} ({path}) for {Number(LinuxWait.Long / 1000)} seconds; it is probably stopped.",
        name.ToFacts() with { Path = path },
        Errno.EAGAIN);

    /// <summary>Creating or naming an object failed.</summary>
    public static WinMmfException Create(SharedName name, string suffix, LinuxDirectory files, int error) => error switch
    {
        Errno.EACCES or Errno.EPERM => new WinMmfException(
            WinMmfErrorId.CreationDenied,
            $"You ({DescribeUser(Libc.GetEffectiveUserId())}) may not create {name}{suffix} in {files.Path} ({DescribeFile(files.Path)}).",
            name.ToFacts() with { Path = files.Path, Account = DescribeUser(Libc.GetEffectiveUserId()) },
            error),
        Errno.EOPNOTSUPP or Errno.EISDIR or Errno.ENOENT => new WinMmfException(
            WinMmfErrorId.SharedMemoryMissing,
            $"{files.Path} cannot hold shared memory: "
                + $"{(global::System.IO.Directory.Exists(files.Path) ? Libc.DescribeError(error) : "the folder does not exist")}.",
            name.ToFacts() with { Path = files.Path },
            error),
        _ => System($"Creating {name}{suffix} in {files.Path}", error),
    };

    /// <summary>The memory for an object could not be reserved.</summary>
    public static WinMmfException Reserve(SharedName name, string suffix, LinuxDirectory files, long size, int error)
    {
        if (error is Errno.EFBIG or Errno.EINVAL)
            return InvalidSize(name, suffix, size, error);
        if (error is not (Errno.ENOSPC or Errno.ENOMEM))
            return System($"Reserving {Bytes(size)} for {name}{suffix} in {files.Path}", error);
        bool isKnown = LinuxMemory.TryFindFree(files.Path, out ulong free, out ulong total);
        string there = isKnown ? $"{Bytes(free)} of {Bytes(total)} are free" : "less is free";
        return new WinMmfException(
            WinMmfErrorId.OutOfSharedMemory,
            $"{name}{suffix} needs {Bytes(size)} in {files.Path}, where {there}.",
            name.ToFacts() with
            {
                Path = files.Path,
                Needed = size,
                Available = isKnown ? (long)free : null,
                Limit = isKnown ? (long)total : null,
            },
            error);
    }

    /// <summary>The size cannot be.</summary>
    public static WinMmfException InvalidSize(SharedName name, string suffix, long size, int error = 0) => new(
        WinMmfErrorId.InvalidSize,
        $"{name}{suffix} cannot be {Number(size)} bytes long.",
        name.ToFacts() with { Needed = size },
        error);

    /// <summary>A user for people: name and number.</summary>
    public static string DescribeUser(uint userId)
    {
        string number = userId.ToString(CultureInfo.InvariantCulture);
        string? user = Libc.FindUserName(userId);
        return user is null ? $"user {number}" : $"user '{user}' ({number})";
    }

    /// <summary>The group, or word, to which the owner grants access so that the caller gets in.</summary>
    private static string Grantee() => LinuxAccounts.Current().PrimaryGroup is uint group
        ? LinuxAccounts.IdOfGroup(group)
        : LinuxAccounts.Everyone;

    private static string DescribeFile(string path) => Libc.GetStatus(path, follow: false, out FileStatus status) == 0
        ? $"{path}, of {DescribeUser(status.UserId)}, mode {Convert.ToString(status.Permissions, 8).PadLeft(4, '0')}"
        : path;

    private static string Bytes(long count) => Bytes((ulong)Math.Max(0, count));

    private static string Bytes(ulong count) => count < Megabyte
        ? Number(count) + " bytes"
        : Number(count) + " bytes (" + (count / (double)Megabyte).ToString("0.#", CultureInfo.InvariantCulture) + " MiB)";

    private static string Number(IFormattable value) => value.ToString("D", CultureInfo.InvariantCulture);
}
