using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// When a file with a name is in use, a leftover, or being removed (protocol 10.10). Whether the path still leads to a file is asked, and
/// not its count of links: any account may add links to it.
/// </summary>
internal sealed class LinuxLifetime
{
    private readonly LinuxDirectory _files;
    private readonly LinuxRemover _remover;

    public LinuxLifetime(LinuxDirectory files, LinuxRemover remover)
    {
        _files = files;
        _remover = remover;
    }

    /// <summary>Looks at the object with a name, without changing it. Never waits.</summary>
    public LinuxFileState Inspect(SharedName name, out FileStatus status)
    {
        string path = _files.PathOf(name);
        int error = LinuxFile.TryOpen(path, writable: false, out LinuxFile? file);
        if (file is null)
            return InspectUnopened(path, error, out status);
        using (file)
        {
            status = file.GetStatus();
            if (!status.IsRegularFile)
                return LinuxFileState.NotASection;
            return file.QueryHold() switch
            {
                LinuxHold.None => LinuxFileState.Leftover,
                LinuxHold.Shared => LinuxFileState.Held,
                _ => LinuxFileState.BeingRemoved,
            };
        }
    }

    /// <summary>
    /// Makes an opened file a hold. <see cref="LinuxFileState.Held"/>: done; <see cref="LinuxFileState.Leftover"/>: what is there counts
    /// as absent; <see cref="LinuxFileState.BeingRemoved"/>: open the path once more.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="name">For messages.</param>
    /// <param name="status">Its status.</param>
    /// <param name="mayGoWithout">
    /// True once it was tried for long enough: removing takes microseconds, so who keeps the lock longer is to be ignored.
    /// </param>
    /// <exception cref="WinMmfException">ForeignOwner for another account's file in our place, WrongObjectType.</exception>
    public LinuxFileState TryJoin(LinuxFile file, SharedName name, out FileStatus status, bool mayGoWithout)
    {
        status = file.GetStatus();
        if (!status.IsRegularFile)
            throw LinuxError.WrongType(name, "", file.Path);
        if (name.Scope == NameScope.Local && !LinuxUsers.IsCaller(status.UserId))
            throw LinuxError.Squatted(name, "", file.Path, in status);
        LinuxHold hold = file.QueryHold();
        if (hold == LinuxHold.None)
            return LinuxFileState.Leftover;
        if ((hold == LinuxHold.Exclusive || !file.TryHold()) && !mayGoWithout)
            return LinuxFileState.BeingRemoved;

        // With the lock no process unlinks it any more; one may have done so just before.
        return file.IsStillNamed() ? LinuxFileState.Held : LinuxFileState.BeingRemoved;
    }

    /// <summary>Makes sure that a name is free for a new object.</summary>
    /// <exception cref="WinMmfException">AlreadyExists, ForeignOwner, WrongObjectType, NotReady.</exception>
    public void MakeRoom(SharedName name)
    {
        string path = _files.PathOf(name);
        LinuxWait wait = new(LinuxWait.Long);
        while (true)
        {
            LinuxFileState state = Inspect(name, out FileStatus status);
            switch (state)
            {
                case LinuxFileState.Absent:
                    return;
                case LinuxFileState.NotASection:
                    throw LinuxError.WrongType(name, "", path, Errno.EEXIST);
                case not LinuxFileState.BeingRemoved when name.Scope == NameScope.Local && !LinuxUsers.IsCaller(status.UserId):
                    throw LinuxError.Squatted(name, "", path, in status);
                case LinuxFileState.Held or LinuxFileState.Unreadable:
                    throw LinuxError.Exists(name, "", path);
                case LinuxFileState.Leftover when !LinuxUsers.CallerMayRemove(status.UserId):
                    throw LinuxError.LeftBehind(name, "", path, in status);
                case LinuxFileState.Leftover:
                    _remover.TryRemove(name);
                    break;
            }

            if (!wait.TryAgain())
                throw LinuxError.Stuck(name, "", path);
        }
    }

    /// <summary>Ends a hold; the last holder removes all that belongs to the name, if it may. Disposes the file.</summary>
    public void LetGo(LinuxFile file, SharedName name)
    {
        try
        {
            // First release the read lock, then try the write lock: in the other order, two last holders would block each other.
            file.Unlock();
            FileStatus status = file.GetStatus();
            if (LinuxUsers.CallerMayRemove(status.UserId))
                _remover.TryRemove(name, status);
        }
        catch (WinMmfException)
        {
            // Closing never fails; what stays is a leftover, which every process recognises.
        }
        finally
        {
            file.Dispose();
        }
    }

    private static LinuxFileState InspectUnopened(string path, int error, out FileStatus status)
    {
        int statusError = Libc.GetStatus(path, follow: false, out status);
        switch (error)
        {
            case Errno.ENOENT:
                return LinuxFileState.Absent;
            case Errno.EACCES or Errno.EPERM:
                if (statusError == Errno.ENOENT)
                    return LinuxFileState.Absent;
                return statusError != 0 || status.IsRegularFile ? LinuxFileState.Unreadable : LinuxFileState.NotASection;
            case Errno.ELOOP or Errno.EISDIR or Errno.ENXIO:
                return LinuxFileState.NotASection;
            default:
                throw LinuxError.System($"Opening {path}", error);
        }
    }
}
