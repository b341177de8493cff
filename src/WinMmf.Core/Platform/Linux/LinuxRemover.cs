using System.Collections.Generic;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// Removes what is not in use (protocol 10.11, 10.14): only with the write lock on the file with the name <em>and</em> the lock of its
/// folder's owner file, so that no process that starts, opens or removes at the same time is disturbed. Never waits.
/// </summary>
internal sealed class LinuxRemover
{
    /// <summary>What the owner file of a folder says that is being removed and belongs to no name.</summary>
    private static readonly SharedName Leftover = new("leftover", NameScope.Local);

    private readonly LinuxDirectory _files;

    public LinuxRemover(LinuxDirectory files) => _files = files;

    /// <summary>Removes the object with a name and all that belongs to it, if it has no holder. True if something was removed.</summary>
    public bool TryRemove(SharedName name) => TryRemove(name, null);

    /// <summary>The same, if the name still leads to a given file.</summary>
    public bool TryRemove(SharedName name, FileStatus? only)
    {
        int error = LinuxFile.TryOpen(_files.PathOf(name), writable: true, out LinuxFile? file);
        if (error == Errno.ENOENT)
            return only is null && TryRemoveStrayCompanion(name);
        if (file is null)
            return false;
        try
        {
            FileStatus status = file.GetStatus();
            if (!status.IsRegularFile || (only is FileStatus wanted && !wanted.IsSameFile(in status))
                || !LinuxUsers.CallerMayRemove(status.UserId))
                return false;
            return file.TryExclude() && file.IsStillNamed() && TryRemoveLocked(file, name, in status);
        }
        finally
        {
            Close(file);
        }
    }

    /// <summary>
    /// Removes the folders of this account that belong to nothing any more; for root those of other accounts too, if asked for.
    /// </summary>
    public void ClearFolders(bool ofAll = false)
    {
        foreach (string name in _files.FindFiles("winmmf-"))
        {
            if (LinuxFolder.TryParse(name, out FolderTie tie)
                && (ofAll ? LinuxUsers.CallerMayRemove(tie.UserId) : LinuxUsers.IsCaller(tie.UserId)))
                ClearFolder(tie);
        }
    }

    private static void Close(LinuxFile file)
    {
        // Unlock first: between fork and exec of an unrelated child, the open file description lives on for a moment.
        if (!file.Descriptor.IsClosed)
            file.Unlock();
        file.Dispose();
    }

    private bool TryRemoveLocked(LinuxFile file, SharedName name, in FileStatus status)
    {
        bool isChannel = file.TryReadAnchor(out SectionAnchor anchor) && anchor.Kind == SectionKind.Control;
        using LinuxFile? companion = isChannel ? null : LinuxCompanion.TryOpen(_files, name, in status, writable: false, out anchor);
        bool hasFolder = isChannel || companion is not null;
        using LinuxFolder? folder = hasFolder ? LinuxFolder.TryOpen(_files, anchor.Tie, status.UserId) : null;
        LinuxOwnerFile? owner = null;
        if (folder is not null && LinuxOwnerFile.TryLock(folder, out owner) == LinuxOwnership.Taken)
            return false;
        using (owner)
        {
            if (Libc.Unlink(file.Path) != 0)
                return false;
            if (companion is not null)
                Libc.Unlink(companion.Path);
            folder?.Clear();
            return true;
        }
    }

    /// <summary>A companion without its memory: its creator died between the two, or the memory was removed by hand.</summary>
    private bool TryRemoveStrayCompanion(SharedName name)
    {
        using LinuxFile? companion = LinuxCompanion.TryOpen(_files, name, writable: false, out SectionAnchor anchor, out FileStatus status);
        if (companion is null || !LinuxUsers.CallerMayRemove(status.UserId))
            return false;
        using LinuxFolder? folder = LinuxFolder.TryOpen(_files, anchor.Tie, status.UserId);
        LinuxOwnerFile? owner = null;
        if (folder is not null && LinuxOwnerFile.TryLock(folder, out owner) == LinuxOwnership.Taken)
            return false;
        using (owner)
        {
            // Looked at again under the lock, which a creator has until both are there.
            if (Libc.GetStatus(_files.PathOf(name), follow: false, out _) != Errno.ENOENT || !companion.IsStillNamed()
                || Libc.Unlink(companion.Path) != 0)
                return false;
            folder?.Clear();
            return true;
        }
    }

    /// <summary>Removes a folder if it belongs to nothing any more.</summary>
    public void ClearFolder(FolderTie tie)
    {
        using LinuxFolder? folder = LinuxFolder.TryOpen(_files, tie, tie.UserId);
        if (folder is null)
            return;
        switch (LinuxOwnerFile.TryLock(folder, out LinuxOwnerFile? owner))
        {
            case LinuxOwnership.Owned:
                using (owner)
                {
                    bool isUsed = owner!.TryRead(out SectionAnchor anchor, out SectionKind owned)
                        ? IsNamedBy(anchor, owned, tie)
                        : IsNamedByAny(tie);
                    if (!isUsed)
                        folder.Clear();
                }

                break;
            case LinuxOwnership.Missing when folder.List().Count == 0:
                Libc.RemoveFolder(folder.Path);
                break;
            case LinuxOwnership.Missing when !IsNamedByAny(tie):
                // A starter may just be making the file: only with one of our own, which it then cannot make, is nobody else at it.
                using (LinuxOwnerFile? made = LinuxOwnerFile.TryCreate(folder, SectionKind.Control, Leftover, madeAnew: true, out _))
                {
                    if (made is not null && !IsNamedByAny(tie))
                        folder.Clear();
                }

                break;
        }
    }

    /// <summary>True if what an owner file names does name the folder. A companion without its memory does not.</summary>
    private bool IsNamedBy(SectionAnchor owner, SectionKind owned, FolderTie tie)
    {
        NameScope scope = owner.Scope == AnchorLayout.LocalScope ? NameScope.Local : NameScope.Global;
        if (SharedName.FindFault(owner.Name) is not null)
            return IsNamedByAny(tie);
        string path = _files.Path + "/" + LinuxDirectory.Prefix(scope, tie.UserId) + owner.Name;
        if (owned == SectionKind.Control)
            return IsNamedBy(path, tie);
        if (!IsNamedBy(path + SharedName.HoldersSuffix, tie))
            return false;
        if (Libc.GetStatus(path, follow: false, out _) != Errno.ENOENT)
            return true;

        // Under the owner file's lock there is no creator between the two any more.
        Libc.Unlink(path + SharedName.HoldersSuffix);
        return false;
    }

    private bool IsNamedByAny(FolderTie tie)
    {
        List<string> files = _files.FindFiles(LinuxDirectory.Prefix(NameScope.Global));
        files.AddRange(_files.FindFiles(LinuxDirectory.Prefix(NameScope.Local, tie.UserId)));
        return files.Exists(file => IsNamedBy(_files.Path + "/" + file, tie));
    }

    private static bool IsNamedBy(string path, FolderTie tie)
    {
        if (Libc.GetStatus(path, follow: false, out FileStatus status) != 0 || !status.IsRegularFile || status.UserId != tie.UserId)
            return false;
        if (LinuxFile.TryOpen(path, writable: false, out LinuxFile? file) != 0 || file is null)
            return true;
        using (file)
            return file.TryReadAnchor(out SectionAnchor anchor) && anchor.Tie.IsSame(tie);
    }
}
