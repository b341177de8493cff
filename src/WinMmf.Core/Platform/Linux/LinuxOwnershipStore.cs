using System;
using System.Globalization;
using System.IO;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Ownership as the write lock on a file's byte 0 (protocol section 1.1).</summary>
internal sealed class LinuxOwnershipStore : IOwnershipStore
{
    private const string LockList = "/proc/locks";
    private readonly LinuxDirectory _files;

    public LinuxOwnershipStore(LinuxDirectory files) => _files = files;

    public IDisposable Acquire(SharedName name)
    {
        string path = _files.PathOf(name, SharedName.OwnerSuffix);
        LinuxWait wait = new(LinuxWait.Long);
        LinuxWait lockWait = new(LinuxWait.Short);
        do
        {
            LinuxFile? file = OpenOrCreate(name, path);
            if (file is null)
                continue;
            bool owned = false;
            try
            {
                FileStatus status = file.GetStatus();
                if (!status.IsRegularFile)
                    throw LinuxError.WrongType(name, SharedName.OwnerSuffix, path);

                // Its maker could lock it, or take it away, at any time. Root has nothing to fear from that it does not fear anyway.
                uint caller = Libc.GetEffectiveUserId();
                if (status.UserId != caller && (name.Scope == NameScope.Local || caller != 0))
                    throw LinuxError.Squatted(name, SharedName.OwnerSuffix, path, in status);
                if (!file.TryExclude())
                {
                    // Perhaps not a publisher but somebody who removes the file: that takes microseconds.
                    if (lockWait.TryAgain())
                        continue;
                    throw new WinMmfException(
                        WinMmfErrorId.ChannelInUse,
                        $"A publisher of {name} is alive (it holds {path}, which belongs to {LinuxError.DescribeUser(status.UserId)}). Open the channel to read its frames, stop that publisher, or choose another name.",
                        Errno.EAGAIN);
                }

                owned = file.IsStillNamed();
                if (owned)
                    return new LinuxOwnership(file);
            }
            finally
            {
                if (!owned)
                    file.Dispose();
            }
        }
        while (wait.TryAgain());

        throw LinuxError.Stuck(name, SharedName.OwnerSuffix, path);
    }

    public bool IsOwned(SharedName name)
    {
        string path = _files.PathOf(name, SharedName.OwnerSuffix);
        int error = LinuxFile.TryOpen(path, writable: false, out LinuxFile? file);
        if (file is null)
            return error is Errno.EACCES or Errno.EPERM && IsListedAsLocked(path);
        using (file)
            return file.QueryHold() == LinuxHold.Exclusive;
    }

    // Not O_CREAT on a file that may exist: with fs.protected_regular even root may not do that to another's file.
    private static LinuxFile? OpenOrCreate(SharedName name, string path)
    {
        int error = LinuxFile.TryOpen(path, writable: true, out LinuxFile? file);
        if (error == Errno.ENOENT)
            error = LinuxFile.TryCreate(path, out file);
        if (error is Errno.EACCES or Errno.EPERM && Libc.GetStatus(path, follow: false, out FileStatus status) == 0 && status.UserId != Libc.GetEffectiveUserId())
            throw LinuxError.Squatted(name, SharedName.OwnerSuffix, path, in status);
        return error is 0 or Errno.EEXIST or Errno.ENOENT
            ? file
            : throw LinuxError.Open(name, SharedName.OwnerSuffix, path, writable: true, error);
    }

    /// <summary>Another account's lock, by the kernel's list, which everybody may read: "1: OFDLCK ADVISORY WRITE -1 00:1a:1234 0 0".</summary>
    private static bool IsListedAsLocked(string path)
    {
        if (Libc.GetStatus(path, follow: false, out FileStatus status) != 0)
            return false;
        string file = string.Format(CultureInfo.InvariantCulture, "{0:x2}:{1:x2}:{2}", status.DeviceMajor, status.DeviceMinor, status.Inode);
        try
        {
            foreach (string line in File.ReadAllLines(LockList))
            {
                string[] fields = line.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
                if (Array.IndexOf(fields, "WRITE") > 0 && Array.IndexOf(fields, file) > 0)
                    return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then nothing is known.
        }

        return false;
    }
}
