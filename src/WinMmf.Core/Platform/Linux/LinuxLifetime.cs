using System;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// When a file of ours is in use, a leftover, or to be removed (protocol section 1.2). A file is unlinked only by
/// who has its byte 0 locked for writing while the path still names it; the parts of a channel go before its control.
/// </summary>
internal sealed class LinuxLifetime
{
    private readonly LinuxDirectory _files;

    public LinuxLifetime(LinuxDirectory files) => _files = files;

    /// <summary>Looks at what bears a name, without disturbing it.</summary>
    public LinuxFileState Inspect(SharedName name, string suffix, out FileStatus status)
    {
        string path = _files.PathOf(name, suffix);
        LinuxWait wait = new(LinuxWait.Long);
        while (true)
        {
            int error = LinuxFile.TryOpen(path, writable: false, out LinuxFile? file);
            if (file is null)
                return InspectUnopened(path, error, out status);
            using (file)
            {
                status = file.GetStatus();
                if (!status.IsRegularFile)
                    return LinuxFileState.NotASection;
                if (status.Links != 0)
                {
                    return file.QueryHold() switch
                    {
                        LinuxHold.None => LinuxFileState.Leftover,
                        LinuxHold.Shared => LinuxFileState.Held,
                        _ => LinuxFileState.BeingRemoved,
                    };
                }
            }

            // Unlinked between open and look: the path names another file by now, or none.
            if (!wait.TryAgain())
                return LinuxFileState.BeingRemoved;
        }
    }

    /// <summary>
    /// Makes an opened file a hold. <see cref="LinuxFileState.Held"/>: done; <see cref="LinuxFileState.Leftover"/>: what is there counts
    /// as absent; <see cref="LinuxFileState.BeingRemoved"/>: open the path once more.
    /// </summary>
    /// <exception cref="WinMmfException">AccessDenied for another account's file in our place, WrongObjectType.</exception>
    public LinuxFileState TryJoin(LinuxFile file, SharedName name, string suffix, out FileStatus status)
    {
        status = file.GetStatus();
        if (!status.IsRegularFile)
            throw LinuxError.WrongType(name, suffix, file.Path);
        if (status.Links == 0)
            return LinuxFileState.BeingRemoved;
        if (name.Scope == NameScope.Local && status.UserId != Libc.GetEffectiveUserId())
            throw LinuxError.Squatted(name, suffix, file.Path, in status);
        LinuxHold hold = file.QueryHold();
        bool isPart = suffix.Length != 0;
        if (isPart)
        {
            switch (Inspect(name, string.Empty, out FileStatus control))
            {
                case LinuxFileState.BeingRemoved:
                    return LinuxFileState.BeingRemoved;
                case LinuxFileState.Held or LinuxFileState.Unreadable:
                    if (control.UserId != status.UserId)
                        throw LinuxError.Squatted(name, suffix, file.Path, in status);
                    break;
                default:
                    isPart = false;
                    break;
            }
        }

        // Whoever holds control holds its parts too; without control a part is in use only while it is being made.
        if (!isPart && hold == LinuxHold.None)
            return LinuxFileState.Leftover;
        if (hold == LinuxHold.Exclusive || !file.TryHold())
            return LinuxFileState.BeingRemoved;

        // With the lock nobody unlinks it any more; perhaps somebody did just before.
        status = file.GetStatus();
        return status.Links == 0 ? LinuxFileState.BeingRemoved : LinuxFileState.Held;
    }

    /// <summary>Sees to it that a name is free for a new object.</summary>
    /// <exception cref="WinMmfException">AlreadyExists, AccessDenied, WrongObjectType, NotReady.</exception>
    public void MakeRoom(SharedName name, string suffix)
    {
        // Parts of a dead channel would be mixed with new ones, and a control that is being removed takes its parts along.
        bool isPart = suffix.Length != 0;
        if (isPart)
            MakeRoom(name, string.Empty, mayBeHeld: true);
        MakeRoom(name, suffix, mayBeHeld: false);
    }

    /// <summary>Ends a hold; the last holder of control removes all that belongs to the name. Disposes the file.</summary>
    public void LetGo(LinuxFile file, SharedName name, string suffix)
    {
        LinuxFile? remover = null;
        try
        {
            // First give back, then try for all: were it the other way round, two last holders would stop each other.
            file.Unlock();
            if (suffix.Length != 0 && Exists(name, string.Empty))
                return;
            if (file.IsWritable)
                remover = file;
            else if (LinuxFile.TryOpen(file.Path, writable: true, out remover) != 0 || remover is null)
                return;
            if (!remover.GetStatus().IsSameFile(file.GetStatus()) || !remover.TryExclude())
                return;

            // A part without control, with nobody who holds it: its channel was never finished, or let go first.
            if (suffix.Length == 0)
            {
                if (!remover.IsStillNamed())
                    return;
                RemoveParts(name, withOwner: false, strays: false);
            }

            if (suffix.Length == 0 || !Exists(name, string.Empty))
                RemoveLocked(remover);
        }
        catch (WinMmfException)
        {
            // Letting go never fails; what stays is a leftover, which everybody recognises.
        }
        finally
        {
            if (remover is not null)
                Close(remover);
            file.Dispose();
        }
    }

    /// <summary>Removes what killed processes left. True if something was removed.</summary>
    public bool TryReclaim(SharedName name)
    {
        int error = LinuxFile.TryOpen(_files.PathOf(name, string.Empty), writable: true, out LinuxFile? control);
        if (error == Errno.ENOENT)
            return RemoveParts(name, withOwner: true, strays: true);
        if (control is null)
            return false;
        try
        {
            if (!control.GetStatus().IsRegularFile || !control.TryExclude() || !control.IsStillNamed())
                return false;
            bool removed = RemoveParts(name, withOwner: true, strays: false);
            return RemoveLocked(control) || removed;
        }
        finally
        {
            Close(control);
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

    private static bool RemoveLocked(LinuxFile file) => file.IsStillNamed() && Libc.Unlink(file.Path) == 0;

    // Unlocked first: between fork and exec of an unrelated child the description lives on for a moment.
    private static void Close(LinuxFile file)
    {
        if (!file.Descriptor.IsClosed)
            file.Unlock();
        file.Dispose();
    }

    private bool Exists(SharedName name, string suffix) => Libc.GetStatus(_files.PathOf(name, suffix), follow: false, out _) != Errno.ENOENT;

    private void MakeRoom(SharedName name, string suffix, bool mayBeHeld)
    {
        string path = _files.PathOf(name, suffix);
        LinuxWait wait = new(LinuxWait.Long);
        while (true)
        {
            LinuxFileState state = Inspect(name, suffix, out FileStatus status);
            uint caller = Libc.GetEffectiveUserId();
            switch (state)
            {
                case LinuxFileState.Absent:
                    return;
                case LinuxFileState.NotASection:
                    throw LinuxError.WrongType(name, suffix, path, Errno.EEXIST);
                case not LinuxFileState.BeingRemoved when name.Scope == NameScope.Local && status.UserId != caller:
                    throw LinuxError.Squatted(name, suffix, path, in status);
                case LinuxFileState.Held or LinuxFileState.Unreadable:
                    if (mayBeHeld)
                        return;
                    throw LinuxError.Exists(name, suffix, path);
                case LinuxFileState.Leftover when status.UserId != caller && caller != 0:
                    throw LinuxError.LeftBehind(name, suffix, path, in status);
                case LinuxFileState.Leftover when suffix.Length == 0:
                    TryReclaim(name);
                    break;
                case LinuxFileState.Leftover:
                    RemoveIfUnheld(name, suffix, stray: false);
                    break;
            }

            if (state == LinuxFileState.BeingRemoved ? !wait.TryAgain() : Exists(name, suffix) && !wait.TryAgain())
                throw LinuxError.Stuck(name, suffix, path);
        }
    }

    private bool RemoveParts(SharedName name, bool withOwner, bool strays)
    {
        bool removed = false;
        foreach (string suffix in _files.FindParts(name))
        {
            if (withOwner || suffix != SharedName.OwnerSuffix)
                removed |= RemoveIfUnheld(name, suffix, strays);
        }

        return removed;
    }

    /// <summary>Removes a part that nobody holds; a stray one only if there is no control.</summary>
    private bool RemoveIfUnheld(SharedName name, string suffix, bool stray)
    {
        if (LinuxFile.TryOpen(_files.PathOf(name, suffix), writable: true, out LinuxFile? part) != 0 || part is null)
            return false;
        try
        {
            if (!part.GetStatus().IsRegularFile || !part.TryExclude())
                return false;

            // Looked at under the lock: a creator holds its parts until its control is there, so this part has no creator.
            return !(stray && Exists(name, string.Empty)) && RemoveLocked(part);
        }
        finally
        {
            Close(part);
        }
    }
}
