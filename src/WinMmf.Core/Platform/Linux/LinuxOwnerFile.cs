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
        if (file.TryWrite(content, OwnerLayout.Size, 0) && file.TryExclude())
            error = Libc.LinkAt(file.Descriptor, folder.Descriptor, LinuxFolder.OwnerFile);
        else
            error = Errno.ENOSPC;
        if (error == 0)
            return new LinuxOwnerFile(file);
        file.Dispose();
        return null;
    }

    /// <summary>
    /// Locks the file. Missing or not what it should be: <see cref="LinuxOwnership.Missing"/>; locked by another: <see
    /// cref="LinuxOwnership.Taken"/>.
    /// </summary>
    public static LinuxOwnership TryLock(LinuxFolder folder, out LinuxOwnerFile? owner)
    {
        owner = null;
        if (LinuxFile.TryOpen(folder, LinuxFolder.OwnerFile, writable: true, out LinuxFile? file) != 0 || file is null)
            return LinuxOwnership.Missing;
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
