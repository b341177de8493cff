using System;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// The file <c>owner</c> of a folder. Its lock is the ownership of what names the folder (protocol 10.2, 10.3): only its account and root
/// can open it, so no other account can take or fake the lock. The kernel gives it back when the process ends.
/// </summary>
internal sealed unsafe class LinuxOwnerFile : IDisposable
{
    /// <summary>The name in the owner file of a folder that is being removed and belongs to no name.</summary>
    public static readonly SharedName Leftover = new("leftover", NameScope.Local);

    private readonly LinuxFile _file;

    private LinuxOwnerFile(LinuxFile file) => _file = file;

    /// <summary>Makes a new folder, owned from its first moment on.</summary>
    /// <exception cref="WinMmfException">OutOfSharedMemory, AccessDenied, NotSupported, SystemError.</exception>
    public static LinuxOwnerFile CreateWithFolder(LinuxDirectory files, SectionKind owned, SharedName name, out LinuxFolder folder)
    {
        LinuxWait wait = new(LinuxWait.Long);
        int error;
        do
        {
            error = LinuxFolder.TryCreate(files, out LinuxFolder? made);
            if (made is null)
                break;
            LinuxOwnerFile? owner = TryCreate(made, owned, name, madeAnew: false, out error);
            if (owner is not null)
            {
                folder = made;
                return owner;
            }

            // A process that clears leftovers removed the folder while it was empty.
            Libc.RemoveFolder(made.Path);
            made.Dispose();
        }
        while (error is Errno.ENOENT or Errno.EEXIST && wait.TryAgain());

        throw error is Errno.ENOSPC or Errno.ENOMEM
            ? LinuxError.Reserve(name, ".owner", files, OwnerLayout.Size, error)
            : LinuxError.Create(name, ".owner", files, error);
    }

    /// <summary>
    /// Makes the file, locked from its first moment on; null if there is one already, or if the folder is gone (an errno tells).
    /// </summary>
    public static LinuxOwnerFile? TryCreate(LinuxFolder folder, SectionKind owned, SharedName name, bool madeAnew, out int error)
    {
        error = LinuxFile.TryCreateUnnamed(folder, LinuxFolder.OwnerFile, out LinuxFile? file);
        if (file is null)
            return null;
        byte* content = stackalloc byte[OwnerLayout.Size];
        for (int i = 0; i < OwnerLayout.Size; i++)
            content[i] = 0;
        OwnerRecord.Write(content, owned, name, folder.Tie, LinuxProcessProbe.Self, madeAnew);
        if (!LinuxUsers.IsCaller(folder.Tie.UserId))
            error = Libc.SetOwner(file.Descriptor, folder.Tie.UserId);
        if (error == 0 && (!file.TryWrite(content, OwnerLayout.Size, 0) || !file.TryExclude()))
            error = Errno.ENOSPC;
        if (error == 0)
            error = Libc.LinkAt(file.Descriptor, folder.Descriptor, LinuxFolder.OwnerFile);
        if (error == 0)
            return new LinuxOwnerFile(file);
        file.Dispose();
        return null;
    }

    /// <summary>
    /// Owns what is there without a folder or an owner file, by making anew what is missing (protocol 10.4); 0 or an errno. EEXIST: another
    /// process owns it or is about to. A control that was owned so is never taken over, but removed.
    /// </summary>
    public static int TryOwnOrphan(
        LinuxDirectory files, SectionKind owned, SharedName name, FolderTie tie, out LinuxFolder? folder, out LinuxOwnerFile? owner)
    {
        LinuxWait wait = new(LinuxWait.Long);
        while (true)
        {
            int error = LinuxFolder.TryOpenOrCreate(files, tie, out folder);
            owner = folder is null ? null : TryCreate(folder, owned, name, madeAnew: true, out error);
            if (owner is not null)
                return 0;

            // This fails unless the folder is empty, and so not in use.
            if (folder is not null)
                Libc.RemoveFolder(folder.Path);
            folder?.Dispose();
            folder = null;

            // A process that clears leftovers removed the folder while it was empty.
            if (error != Errno.ENOENT || !wait.TryAgain())
                return error;
        }
    }

    /// <summary>
    /// Owns the folder of what is to be removed, with an owner file made anew where it is missing (protocol 10.4), so that no other process
    /// works in it. False if one does. A folder that is gone and cannot be made again is no hindrance: both are null then.
    /// </summary>
    public static bool TryOwnToRemove(
        LinuxDirectory files, SectionKind owned, SharedName name, FolderTie tie, uint user, out LinuxFolder? folder,
        out LinuxOwnerFile? owner)
    {
        owner = null;
        folder = LinuxFolder.TryOpen(files, tie, user);
        if (folder is null)
            return TryOwnOrphan(files, owned, name, tie, out folder, out owner) != Errno.EEXIST;
        switch (TryLock(folder, out owner))
        {
            case LinuxOwnership.Owned:
                return true;
            case LinuxOwnership.Missing:
                folder.Dispose();
                return TryOwnOrphan(files, owned, name, tie, out folder, out owner) != Errno.EEXIST;
            default:
                return false;
        }
    }

    /// <summary>Opens the file without its lock, to look at it; 0 or an errno.</summary>
    public static int TryLook(LinuxFolder folder, out LinuxOwnerFile? owner)
    {
        int error = LinuxFile.TryOpen(folder, LinuxFolder.OwnerFile, writable: false, out LinuxFile? file);
        owner = file is null ? null : new LinuxOwnerFile(file);
        return error;
    }

    /// <summary>
    /// Locks the file. Missing or not what it should be: <see cref="LinuxOwnership.Missing"/>; locked by another, or it cannot be known:
    /// <see cref="LinuxOwnership.Taken"/>.
    /// </summary>
    public static LinuxOwnership TryLock(LinuxFolder folder, out LinuxOwnerFile? owner)
    {
        owner = null;
        int error = LinuxFile.TryOpen(folder, LinuxFolder.OwnerFile, writable: true, out LinuxFile? file);
        if (file is null)
            return error is Errno.ENOENT or Errno.ELOOP or Errno.EISDIR or Errno.ENXIO ? LinuxOwnership.Missing : LinuxOwnership.Taken;
        bool keep = false;
        try
        {
            FileStatus status = file.GetStatus();
            if (!LinuxFile.IsOwnersAlone(in status) || status.UserId != folder.Tie.UserId)
                return LinuxOwnership.Missing;
            if (!file.TryExclude())
                return LinuxOwnership.Taken;
            if (!file.IsStillNamed())
                return LinuxOwnership.Missing;
            keep = true;
            owner = new LinuxOwnerFile(file);
            return LinuxOwnership.Owned;
        }
        finally
        {
            if (!keep)
                file.Dispose();
        }
    }

    /// <summary>What the file says: whose folder it is. False if it says nothing.</summary>
    public bool TryRead(out SectionAnchor anchor, out SectionKind owned)
    {
        uint kind = 0;
        _file.Read((byte*)&kind, sizeof(uint), OwnerLayout.OwnedKindOffset);
        owned = (SectionKind)kind;
        return _file.TryReadAnchor(out anchor) && anchor.Kind == SectionKind.Owner && anchor.IsUnderstood;
    }

    /// <summary>
    /// True if the file stands in the place of one that was removed. A publisher may still have the lock of that one, so what names the
    /// folder is never taken over (protocol 10.4).
    /// </summary>
    public bool IsMadeAnew()
    {
        uint anew = 0;
        _file.Read((byte*)&anew, sizeof(uint), OwnerLayout.MadeAnewOffset);
        return anew != 0;
    }

    /// <summary>True if another process has the lock.</summary>
    public bool IsLocked() => _file.QueryHold() != LinuxHold.None;

    /// <summary>True if the folder still has this very file.</summary>
    public bool IsStillNamed() => _file.IsStillNamed();

    public void Dispose()
    {
        // Unlock first: between fork and exec of an unrelated child, the open file description lives on for a moment.
        if (!_file.Descriptor.IsClosed)
            _file.Unlock();
        _file.Dispose();
    }
}
