using System;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>Turns errors of the system into exceptions that say what failed, whose the object is, and what to do.</summary>
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
                    $"You may not {right} {name}{suffix} ({DescribeFile(path)}); you are {DescribeUser(Libc.GetEffectiveUserId())}. "
                        + $"Have its owner or root run: {GrantCommand(name, writable)}.",
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
            $"What is named {name}{suffix} is no shared memory but {what} ({DescribeFile(path)}). Remove it if you know that it is not needed, or choose another name.",
            error != 0 || !isThere ? error : status.WrongTypeError);
    }

    /// <summary>Memory that shall not be paged out is more than the account may lock.</summary>
    public static WinMmfException Lock(SharedName name, string suffix, long size, int error)
    {
        const string Remedy = "Raise it with a line 'USER - memlock unlimited' in /etc/security/limits.conf and sign in again, for a service with LimitMEMLOCK=infinity in its unit, or run with the capability CAP_IPC_LOCK.";
        string limit = Libc.GetLockLimit(out ulong bytes) != 0 ? "unknown" : bytes == ulong.MaxValue ? "unlimited" : Bytes(bytes);
        return error switch
        {
            Errno.EPERM => new WinMmfException(
                WinMmfErrorId.PrivilegeNotHeld,
                $"{name}{suffix} cannot be locked in memory: {DescribeUser(Libc.GetEffectiveUserId())} may lock nothing at all. {Remedy}",
                error),
            Errno.ENOMEM or Errno.EAGAIN => new WinMmfException(
                WinMmfErrorId.LockedMemoryLimit,
                $"{Bytes(size)} of {name}{suffix} cannot be locked in memory: the limit of {DescribeUser(Libc.GetEffectiveUserId())} is {limit} ('ulimit -l'), what is locked already included. {Remedy}",
                error),
            _ => System($"Locking {name}{suffix} in memory", error),
        };
    }

    /// <summary>Large pages were asked for, and not one was to be had.</summary>
    public static WinMmfException LargePages(SharedName name, string suffix, string setting, int error) => error is Errno.ENOMEM or Errno.EAGAIN or Errno.EBUSY
        ? new WinMmfException(
            WinMmfErrorId.OutOfSharedMemory,
            $"{name}{suffix} gets no large pages: there is no free memory in pieces that large ({Libc.DescribeError(error)}). 'echo 1 > /proc/sys/vm/compact_memory' as root makes some; -Resident Locked needs none.",
            error)
        : new WinMmfException(
            WinMmfErrorId.NotSupported,
            $"{name}{suffix} gets no large pages: this system does not allow them for shared memory (/sys/kernel/mm/transparent_hugepage/shmem_enabled: {setting}). As root: 'echo advise > /sys/kernel/mm/transparent_hugepage/shmem_enabled', or use Linux 6.1 or later without 'deny' there; -Resident Locked needs none.",
            error);

    /// <summary>A file of another account stands where only this account's may.</summary>
    public static WinMmfException Squatted(SharedName name, string suffix, string path, in FileStatus status) => new(
        WinMmfErrorId.ForeignOwner,
        $"{name}{suffix} ({path}) was made by {DescribeUser(status.UserId)} and not by the account that it should belong to. "
            + $"It is not used, since its maker could change it at any time. Have that user or root remove it ('rm {path}'), or choose another name.",
        Errno.EACCES);

    /// <summary>A publisher's section that is not what only its publisher can have made it.</summary>
    public static WinMmfException NotTrusted(SharedName name, string path, string why) => new(
        WinMmfErrorId.NotTrusted,
        $"{name} is not used: {why} ({DescribeFile(path)}), and what others can change or put there decides nothing here. Have its owner or root remove it ('rm {path}'), or choose another name.",
        Errno.EACCES);

    /// <summary>The name is taken.</summary>
    public static WinMmfException Exists(SharedName name, string suffix, string path) => new(
        WinMmfErrorId.AlreadyExists,
        $"{name}{suffix} exists already ({DescribeFile(path)}). Open it, or choose another name.",
        Errno.EEXIST);

    /// <summary>A leftover of another account stands at the name.</summary>
    public static WinMmfException LeftBehind(SharedName name, string suffix, string path, in FileStatus status) => new(
        WinMmfErrorId.ForeignOwner,
        $"{name}{suffix} was left behind by a killed process of {DescribeUser(status.UserId)}, and only that user or root may remove it: have one of them run 'rm {path}', or choose another name.",
        Errno.EPERM);

    /// <summary>Somebody has been removing it for seconds.</summary>
    public static WinMmfException Stuck(SharedName name, string suffix, string path) => new(
        WinMmfErrorId.NotReady,
        $"Another process has been removing {name}{suffix} ({path}) for {Number(LinuxWait.Long / 1000)} seconds; it is probably stopped. Let it go on or end it (it stands in 'lslocks'), then try again.",
        Errno.EAGAIN);

    /// <summary>Creating or naming an object failed.</summary>
    public static WinMmfException Create(SharedName name, string suffix, LinuxDirectory files, int error) => error switch
    {
        Errno.EACCES or Errno.EPERM => new WinMmfException(
            WinMmfErrorId.AccessDenied,
            $"You ({DescribeUser(Libc.GetEffectiveUserId())}) may not create {name}{suffix} in {files.Path}. It should be writable for everybody (mode 1777): 'chmod 1777 {files.Path}' as root.",
            error),
        Errno.EOPNOTSUPP or Errno.EISDIR or Errno.ENOENT => new WinMmfException(
            WinMmfErrorId.NotSupported,
            $"{files.Path} cannot hold shared memory: {Libc.DescribeError(error)}. WinMmf needs a tmpfs there and /proc mounted.",
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
        string there = LinuxMemory.TryFindFree(files.Path, out ulong free, out ulong total)
            ? $"{Bytes(free)} of {Bytes(total)} can be had"
            : "it has less";
        return new WinMmfException(
            WinMmfErrorId.OutOfSharedMemory,
            $"{name}{suffix} needs {Bytes(size)} in {files.Path}, where {there}. Take smaller or fewer frames, remove what is not needed, "
                + $"or enlarge it: 'mount -o remount,size=SIZE {files.Path}' as root; in a container start it with more (Docker: --shm-size=SIZE).",
            error);
    }

    /// <summary>The size cannot be.</summary>
    public static WinMmfException InvalidSize(SharedName name, string suffix, long size, int error = 0) => new(
        WinMmfErrorId.InvalidSize,
        $"{name}{suffix} cannot be {Number(size)} bytes long. Give a size from 1 byte up to what the machine has.",
        error);

    /// <summary>A user for people: name and number.</summary>
    public static string DescribeUser(uint userId)
    {
        string number = userId.ToString(CultureInfo.InvariantCulture);
        string? user = Libc.FindUserName(userId);
        return user is null ? $"user {number}" : $"user '{user}' ({number})";
    }

    /// <summary>What the owner runs so that the caller gets in.</summary>
    private static string GrantCommand(SharedName name, bool writable)
    {
        LinuxSubject caller = LinuxAccounts.Current();
        string grantee = caller.PrimaryGroup is uint group ? LinuxAccounts.IdOfGroup(group) : LinuxAccounts.Everyone;
        return AccessCommand.Grant(name, grantee, writable ? AccessRight.Write : AccessRight.Read);
    }

    private static string DescribeFile(string path) => Libc.GetStatus(path, follow: false, out FileStatus status) == 0
        ? $"{path}, of {DescribeUser(status.UserId)}, mode {Convert.ToString(status.Permissions, 8).PadLeft(4, '0')}"
        : path;

    private static string Bytes(long count) => Bytes((ulong)Math.Max(0, count));

    private static string Bytes(ulong count) => count < Megabyte
        ? Number(count) + " bytes"
        : Number(count) + " bytes (" + (count / (double)Megabyte).ToString("0.#", CultureInfo.InvariantCulture) + " MiB)";

    private static string Number(IFormattable value) => value.ToString("D", CultureInfo.InvariantCulture);
}
