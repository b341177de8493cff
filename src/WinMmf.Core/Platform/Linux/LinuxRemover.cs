using System.Collections.Generic;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// Removes what is not in use (protocol 10.11, 10.14): only with the write lock on the file with the name <em>and</em> the lock of its
/// folder's owner file, so that no process that starts, opens or removes at the same time is disturbed. Never waits for its users.
/// </summary>
internal sealed class LinuxRemover
{
    private readonly LinuxDirectory _files;

    public LinuxRemover(LinuxDirectory files) => _files = files;

    /// <summary>What came of an attempt.</summary>
    private enum Outcome
    {
        Removed,

        /// <summary>There is nothing, it is in use, or another process is removing it, which then looks again itself.</summary>
        Left,

        /// <summary>Another process has the owner file's lock: a publisher, or one that only looked.</summary>
        Owned,
    }

    /// <summary>Removes the object with a name and all that belongs to it, if it has no holder. True if something was removed.</summary>
    public bool TryRemove(SharedName name) => TryRemove(name, null);

    /// <summary>The same, if the name still leads to a given file.</summary>
    public bool TryRemove(SharedName name, FileStatus? only) => TryRemove(name, only, null);

    /// <summary>
    /// The same, if the name leads to a control that names a given folder: what a publisher made itself, and not what came after.
    /// </summary>
    public bool TryRemove(SharedName name, FolderTie own) => TryRemove(name, null, own);

    private bool TryRemove(SharedName name, FileStatus? only, FolderTie? own)
    {
        LinuxWait wait = new(LinuxWait.Long);
        while (true)
        {
            Outcome outcome = Attempt(name, only, own, out FolderTie tie);
            if (outcome != Outcome.Owned)
                return outcome == Outcome.Removed;

            // Who has that lock tries to remove too when it has given it back, and may have found our lock in its way. So with ours given
            // back, one look more: still owned, then its owner comes after us; not any more, then it is for us to try again.
            if (IsOwned(tie) || !wait.TryAgain())
                return false;
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

    /// <summary>Removes a folder if it belongs to nothing any more.</summary>
    public void ClearFolder(FolderTie tie)
    {
        using LinuxFolder? folder = LinuxFolder.TryOpen(_files, tie, tie.UserId);
        if (folder is null || !LooksUnused(folder))
            return;
        switch (LinuxOwnerFile.TryLock(folder, out LinuxOwnerFile? owner))
        {
            case LinuxOwnership.Owned:
                using (owner)
                {
                    if (!IsUsed(owner!, tie))
                        Clear(folder, owner!);
                }

                break;
            case LinuxOwnership.Missing when Libc.RemoveFolder(folder.Path) != 0:
                // A starter may be making the file at this moment: our own file keeps it from that, so make ours first.
                using (LinuxOwnerFile? made =
                    LinuxOwnerFile.TryCreate(folder, SectionKind.Control, LinuxOwnerFile.Leftover, madeAnew: true, out _))
                {
                    if (made is not null && !IsNamedByAny(tie))
                        folder.Clear();
                }

                break;
        }
    }

    private static void Close(LinuxFile file)
    {
        // Unlock first: between fork and exec of an unrelated child, the open file description lives on for a moment.
        if (!file.Descriptor.IsClosed)
            file.Unlock();
        file.Dispose();
    }

    private Outcome Attempt(SharedName name, FileStatus? only, FolderTie? own, out FolderTie tie)
    {
        tie = default;
        int error = LinuxFile.TryOpen(_files.PathOf(name), writable: true, out LinuxFile? file);
        if (error == Errno.ENOENT)
            return only is null && own is null ? RemoveStrayCompanion(name, out tie) : Outcome.Left;
        if (file is null)
            return Outcome.Left;
        try
        {
            FileStatus status = file.GetStatus();
            bool isIt = status.IsRegularFile
                && (only is not FileStatus wanted || wanted.IsSameFile(in status))
                && LinuxUsers.CallerMayRemove(status.UserId);
            return isIt && file.TryExclude() && file.IsStillNamed() ? RemoveLocked(file, name, in status, own, out tie) : Outcome.Left;
        }
        finally
        {
            Close(file);
        }
    }

    private Outcome RemoveLocked(LinuxFile file, SharedName name, in FileStatus status, FolderTie? own, out FolderTie tie)
    {
        bool isChannel = file.TryReadAnchor(out SectionAnchor anchor) && anchor.Kind == SectionKind.Control;
        tie = default;
        if (own is FolderTie wanted && !(isChannel && anchor.Tie.IsSame(wanted)))
            return Outcome.Left;
        using LinuxFile? companion = isChannel ? null : LinuxCompanion.TryOpen(_files, name, in status, writable: false, out anchor);
        bool hasFolder = isChannel || companion is not null;
        tie = hasFolder ? anchor.Tie : default;
        LinuxFolder? folder = null;
        LinuxOwnerFile? owner = null;
        try
        {
            if (hasFolder && !LinuxOwnerFile.TryOwnToRemove(
                    _files, isChannel ? SectionKind.Control : SectionKind.Holders, name, anchor.Tie, status.UserId, out folder, out owner))
                return Outcome.Owned;
            if (Libc.Unlink(file.Path) != 0)
                return Outcome.Left;
            if (companion is not null)
                Libc.Unlink(companion.Path);
            folder?.Clear();
            return Outcome.Removed;
        }
        finally
        {
            owner?.Dispose();
            folder?.Dispose();
        }
    }

    /// <summary>A companion without its memory: its creator died between the two, or the memory was removed by hand.</summary>
    private Outcome RemoveStrayCompanion(SharedName name, out FolderTie tie)
    {
        tie = default;
        using LinuxFile? companion = LinuxCompanion.TryOpen(_files, name, writable: false, out SectionAnchor anchor, out FileStatus status);
        if (companion is null || !LinuxUsers.CallerMayRemove(status.UserId))
            return Outcome.Left;
        tie = anchor.Tie;
        LinuxFolder? folder = null;
        LinuxOwnerFile? owner = null;
        try
        {
            if (!LinuxOwnerFile.TryOwnToRemove(_files, SectionKind.Holders, name, anchor.Tie, status.UserId, out folder, out owner))
                return Outcome.Owned;

            // Looked at again under the lock, which a creator has until both are there.
            if (Libc.GetStatus(_files.PathOf(name), follow: false, out _) != Errno.ENOENT || !companion.IsStillNamed()
                || Libc.Unlink(companion.Path) != 0)
                return Outcome.Left;
            folder?.Clear();
            return Outcome.Removed;
        }
        finally
        {
            owner?.Dispose();
            folder?.Dispose();
        }
    }

    private bool IsOwned(FolderTie tie)
    {
        using LinuxFolder? folder = LinuxFolder.TryOpen(_files, tie, tie.UserId);
        if (folder is null || LinuxOwnerFile.TryLook(folder, out LinuxOwnerFile? owner) != 0)
            return false;
        using (owner)
            return owner!.IsLocked();
    }

    /// <summary>
    /// A look without a lock: who takes one to look at folders in use stands in the way of those that start, let go or remove. The lock
    /// comes first: who makes a channel or a memory gives it back when the names are there.
    /// </summary>
    private bool LooksUnused(LinuxFolder folder)
    {
        int error = LinuxOwnerFile.TryLook(folder, out LinuxOwnerFile? owner);
        if (owner is null)
            return error == Errno.ENOENT && !IsNamedByAny(folder.Tie);
        using (owner)
            return !owner.IsLocked() && !IsUsed(owner, folder.Tie);
    }

    private bool IsUsed(LinuxOwnerFile owner, FolderTie tie)
    {
        if (!owner.TryRead(out SectionAnchor anchor, out SectionKind owned) || SharedName.FindFault(anchor.Name) is not null)
            return IsNamedByAny(tie);
        string path = PathOf(anchor, tie);

        // A companion without its memory does not count: with the lock free, there is no creator between the two any more.
        return owned == SectionKind.Control
            ? IsNamedBy(path, tie)
            : IsNamedBy(path + SharedName.HoldersSuffix, tie) && Libc.GetStatus(path, follow: false, out _) != Errno.ENOENT;
    }

    private void Clear(LinuxFolder folder, LinuxOwnerFile owner)
    {
        if (owner.TryRead(out SectionAnchor anchor, out SectionKind owned) && owned == SectionKind.Holders
            && SharedName.FindFault(anchor.Name) is null
            && PathOf(anchor, folder.Tie) + SharedName.HoldersSuffix is string companion && IsNamedBy(companion, folder.Tie))
            Libc.Unlink(companion);
        folder.Clear();
    }

    private string PathOf(SectionAnchor owner, FolderTie tie)
    {
        NameScope scope = owner.Scope == AnchorLayout.LocalScope ? NameScope.Local : NameScope.Global;
        return _files.Path + "/" + LinuxDirectory.Prefix(scope, tie.UserId) + owner.Name;
    }

    private bool IsNamedByAny(FolderTie tie)
    {
        // What cannot be listed may name it.
        return !_files.TryFindFiles(LinuxDirectory.Prefix(NameScope.Global), out List<string> global)
            || !_files.TryFindFiles(LinuxDirectory.Prefix(NameScope.Local, tie.UserId), out List<string> local)
            || global.Exists(file => IsNamedBy(_files.Path + "/" + file, tie))
            || local.Exists(file => IsNamedBy(_files.Path + "/" + file, tie));
    }

    private static bool IsNamedBy(string path, FolderTie tie)
    {
        int error = Libc.GetStatus(path, follow: false, out FileStatus status);
        if (error != 0)
            return error != Errno.ENOENT;
        if (!status.IsRegularFile || status.UserId != tie.UserId)
            return false;

        // What cannot be opened may name it.
        if (LinuxFile.TryOpen(path, writable: false, out LinuxFile? file) != 0 || file is null)
            return true;
        using (file)
            return file.TryReadAnchor(out SectionAnchor anchor) && anchor.Tie.IsSame(tie);
    }
}
