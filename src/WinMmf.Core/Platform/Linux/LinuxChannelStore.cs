using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Processes;

namespace WinMmf.Platform.Linux;

/// <summary>
/// Channels on Linux: control beside the other names, everything else in a folder that control names (protocol sections 7 and 10).
/// </summary>
internal sealed unsafe class LinuxChannelStore : IChannelStore
{
    /// <summary>How long the opening of a reader waits for its row; a later answer is taken as well.</summary>
    private const int AnswerMilliseconds = 250;

    private readonly LinuxDirectory _files;
    private readonly LinuxLifetime _lifetime;
    private readonly LinuxRemover _remover;
    private readonly LinuxSectionStore _sections;
    private readonly LinuxServiceLoop _loop;
    private readonly IProcessProbe _processes;

    public LinuxChannelStore(LinuxDirectory files, LinuxLifetime lifetime, LinuxRemover remover, LinuxSectionStore sections,
        LinuxServiceLoop loop, IProcessProbe processes)
    {
        _files = files;
        _lifetime = lifetime;
        _remover = remover;
        _sections = sections;
        _loop = loop;
        _processes = processes;
    }

    public ChannelSite Claim(SharedName name)
    {
        uint caller = Libc.GetEffectiveUserId();
        if (!LinuxUsers.IsCaller(caller))
        {
            throw new WinMmfException(
                WinMmfErrorId.NotSupported,
                $"The user {LinuxError.DescribeUser(caller)} stands for all users without a number on this system, "
                    + "so nothing can belong to it safely.",
                name.ToFacts() with { Account = LinuxError.DescribeUser(caller) });
        }

        _remover.ClearFolders();
        LinuxWait wait = new(LinuxWait.Long);
        LinuxWait lockWait = new(LinuxWait.Short);
        do
        {
            ChannelSite? site = TryClaim(name, ref lockWait, wait);
            if (site is not null)
                return site;
        }
        while (wait.TryAgain());

        throw LinuxError.Stuck(name, "", _files.PathOf(name));
    }

    public bool IsOwned(SharedName name)
    {
        if (LinuxFile.TryOpen(_files.PathOf(name), writable: false, out LinuxFile? file) != 0 || file is null)
            return false;
        using (file)
        {
            FileStatus status = file.GetStatus();
            if (!status.IsRegularFile || !file.TryReadAnchor(out SectionAnchor anchor) || anchor.Kind != SectionKind.Control)
                return false;
            using LinuxFolder? folder = LinuxFolder.TryOpen(_files, anchor.Tie, status.UserId);
            if (folder is null)
                return false;
            int error = LinuxFile.TryOpen(folder, LinuxFolder.OwnerFile, writable: false, out LinuxFile? owner);
            using (owner)
            {
                return owner is not null
                    ? owner.QueryHold() == LinuxHold.Exclusive
                    : error is Errno.EACCES or Errno.EPERM && folder.GetStatus(LinuxFolder.OwnerFile, out FileStatus locked) == 0
                        && LinuxLockList.HasWriteLock(in locked, 0);
            }
        }
    }

    public bool IsOwnedBy(SharedName name, ProcessIdentity process)
    {
        if (LinuxFile.TryOpen(_files.PathOf(name), writable: false, out LinuxFile? file) != 0 || file is null)
            return false;
        using (file)
        {
            if (!file.TryReadAnchor(out SectionAnchor anchor) || anchor.Kind != SectionKind.Control)
                return false;
            using LinuxFolder? folder = LinuxFolder.TryOpen(_files, anchor.Tie, file.GetStatus().UserId);
            return folder is not null && folder.GetStatus(LinuxFolder.OwnerFile, out FileStatus owner) == 0
                && LinuxLockList.HasWriteLock(process, in owner);
        }
    }

    public SharedSection? TryOpenPixels(SharedName name, SharedSection control, uint generation, bool writable = false)
    {
        uint owner = ((LinuxSharedSection)control).UserId;
        if (!TryFindFolder(control, owner, out LinuxFolder? folder))
            return null;
        using (folder)
            return TryOpenPixels(name, folder!, owner, generation, writable, out _);
    }

    public ReaderRow? TryGetRow(SharedName name, SharedSection control, uint epoch, string label, out RowRequest? unanswered)
    {
        unanswered = null;
        uint owner = ((LinuxSharedSection)control).UserId;
        if (owner == LinuxUsers.OverflowUser || !TryFindFolder(control, owner, out LinuxFolder? folder))
            return null;
        using (folder)
        {
            RowRequest? request = LinuxRowRequest.TrySend(folder!, owner, epoch, label);
            ReaderRow? row = null;
            if (request is not null && !request.TryFinish(AnswerMilliseconds, out row))
                unanswered = request;
            return row;
        }
    }

    public ISleeper OpenSleeper(SharedName name, ReaderRow? row, uint* newest) => new LinuxSleeper(newest);

    /// <summary>Opens pixels in a folder; null if they are gone, or not what they should be.</summary>
    internal static LinuxSharedSection? TryOpenPixels(
        SharedName name, LinuxFolder folder, uint owner, uint generation, bool writable, out bool isHeld)
    {
        string part = LinuxFolder.Pixels(generation);
        isHeld = false;
        int error = LinuxFile.TryOpen(folder, part, writable, out LinuxFile? file);
        if (error is Errno.EACCES or Errno.EPERM)
            throw LinuxError.Open(name, "." + part, folder.PathOf(part), writable, error);
        if (file is null)
            return null;
        LinuxSharedSection? section = null;
        try
        {
            FileStatus status = file.GetStatus();
            if (LinuxFile.IsOwnersAlone(in status)
                && status.UserId == owner
                && file.TryReadAnchor(out SectionAnchor anchor)
                && anchor.Is(SectionKind.Pixels, name)
                && anchor.Tie.IsSame(folder.Tie))
            {
                isHeld = file.QueryHold() != LinuxHold.None;
                file.TryHold();
                section = LinuxSectionStore.Map(file, null, name, "." + part, status.Size, writable);
            }

            return section;
        }
        finally
        {
            if (section is null)
                file.Dispose();
        }
    }

    /// <summary>Makes a folder of one's own for a name, owned from its first moment on.</summary>
    internal LinuxChannelSite CreateSite(SharedName name)
    {
        LinuxOwnerFile owner = LinuxOwnerFile.CreateWithFolder(_files, SectionKind.Control, name, out LinuxFolder folder);
        LinuxChannelSite site = new(this, name, folder, owner, null);
        int error = name.Scope == NameScope.Local ? 0 : folder.LetOthersPass();
        if (error == 0)
            return site;
        string path = folder.Path;
        site.Dispose();
        throw LinuxError.System($"Giving {path} its access rights", error);
    }

    internal LinuxDirectory Files => _files;

    internal LinuxRemover Remover => _remover;

    internal LinuxSectionStore Sections => _sections;

    internal LinuxServiceLoop Loop => _loop;

    private bool TryFindFolder(SharedSection control, uint owner, out LinuxFolder? folder)
    {
        folder = SectionAnchor.TryReadMapped(control.Address, control.Size, out SectionAnchor anchor)
            ? LinuxFolder.TryOpen(_files, anchor.Tie, owner) : null;
        return folder is not null;
    }

    /// <summary>One attempt; null: begin again.</summary>
    private ChannelSite? TryClaim(SharedName name, ref LinuxWait lockWait, LinuxWait wait)
    {
        string path = _files.PathOf(name);
        int error = LinuxFile.TryOpen(path, writable: true, out LinuxFile? file);
        if (error == Errno.ENOENT)
            return CreateSite(name);
        if (file is null)
            throw OpenRefused(name, path, error);
        LinuxFolder? folder = null;
        LinuxOwnerFile? owner = null;
        try
        {
            FileStatus status = file.GetStatus();
            if (!status.IsRegularFile)
                throw LinuxError.WrongType(name, "", path, Errno.EEXIST);
            if (!LinuxUsers.IsCaller(status.UserId))
                throw LinuxError.Squatted(name, "", path, in status);
            if (!file.TryReadAnchor(out SectionAnchor anchor) || anchor.Kind != SectionKind.Control)
                return MakeRoom(name, path);
            ThrowUnlessTrusted(name, path, in status, anchor);
            folder = LinuxFolder.TryOpen(_files, anchor.Tie, status.UserId);
            switch (folder is null ? LinuxOwnership.Missing : LinuxOwnerFile.TryLock(folder, out owner))
            {
                // A publisher that lives holds its control; without a holder, another process is removing it or taking it over.
                case LinuxOwnership.Taken when file.QueryHold() != LinuxHold.Shared || lockWait.TryAgain():
                    return null;
                case LinuxOwnership.Taken:
                    throw InUse(name, folder!.PathOf(LinuxFolder.OwnerFile), status.UserId);
                case LinuxOwnership.Missing:
                    folder?.Dispose();
                    folder = null;
                    return RemoveOrphan(name, file, anchor.Tie, wait);
            }

            if (!file.IsStillNamed())
                return null;
            if (owner!.IsMadeAnew() || file.TryExclude())
            {
                // Orphaned, or without a reader: what a dead publisher left.
                if (Libc.Unlink(path) == 0)
                    folder!.Clear();
                return null;
            }

            if (!file.TryHold())
                return null;
            LinuxSharedSection control = LinuxSectionStore.Map(file, _lifetime, name, "", status.Size, writable: true);
            LinuxChannelSite site = new(this, name, folder!, owner!, control);
            file = null;
            folder = null;
            owner = null;
            return site;
        }
        finally
        {
            owner?.Dispose();
            folder?.Dispose();
            file?.Dispose();
        }
    }

    /// <summary>Something else bears the name: a leftover goes, what is used stays.</summary>
    private ChannelSite? MakeRoom(SharedName name, string path)
    {
        if (_remover.TryRemove(name) || _lifetime.Inspect(name, out _) is not LinuxFileState.Held)
            return null;
        throw new WinMmfException(
            WinMmfErrorId.AlreadyExists,
            $"{name} exists ({path}) and is not a frame channel, so nothing is published there.",
            name.ToFacts() with { Path = path },
            Errno.EEXIST);
    }

    private ChannelSite? RemoveOrphan(SharedName name, LinuxFile control, FolderTie tie, LinuxWait wait)
    {
        // Its folder is removed before it: a remover is done in a moment, and a living publisher repairs it within a second.
        if (!control.IsStillNamed())
            return null;
        if (MayLive(control, ControlLayout.OwnerIdentity) || MayLive(control, ControlLayout.WriterIdentity))
        {
            if (wait.TryAgain())
                return null;
            throw new WinMmfException(
                WinMmfErrorId.ChannelInUse,
                $"{name} has a publisher that may be alive, but the folder with its lock was removed.",
                name.ToFacts(),
                Errno.EAGAIN);
        }

        int error = LinuxOwnerFile.TryOwnOrphan(_files, SectionKind.Control, name, tie, out LinuxFolder? folder, out LinuxOwnerFile? owner);
        if (error == Errno.EPERM)
        {
            // Another account has the folder's name, so there is no owner's lock; the remover's lock is left.
            if (!_remover.TryRemove(name) && !wait.TryAgain())
                throw LinuxError.Stuck(name, "", control.Path);
            return null;
        }

        using (folder)
        using (owner)
        {
            // The folder goes in any case: it was made anew for a control that is gone now, by whomsoever.
            if (owner is not null && control.IsStillNamed())
                Libc.Unlink(control.Path);
            if (owner is not null && !control.IsStillNamed())
                folder!.Clear();
            return null;
        }
    }

    private bool MayLive(LinuxFile control, int identity)
    {
        byte* bytes = stackalloc byte[SharedIdentity.Size];
        control.Read(bytes, SharedIdentity.Size, identity);
        return _processes.Probe(SharedIdentity.Read(bytes)) != ProcessLiveness.Dead;
    }

    private static void ThrowUnlessTrusted(SharedName name, string path, in FileStatus status, SectionAnchor anchor)
    {
        if (!LinuxFile.IsOwnersAlone(in status))
            throw LinuxError.NotTrusted(name, path, "others may write it");
        if (!anchor.Names(name))
            throw LinuxError.NotTrusted(name, path, "it says that it bears another name");
    }

    private WinMmfException OpenRefused(SharedName name, string path, int error) =>
        error is Errno.EACCES or Errno.EPERM && Libc.GetStatus(path, follow: false, out FileStatus status) == 0
            && !LinuxUsers.IsCaller(status.UserId)
            ? LinuxError.Squatted(name, "", path, in status)
            : LinuxError.Open(name, "", path, writable: true, error);

    private static WinMmfException InUse(SharedName name, string path, uint userId) => new(
        WinMmfErrorId.ChannelInUse,
        $"A publisher of {name} is alive (it holds {path}, which belongs to {LinuxError.DescribeUser(userId)}).",
        name.ToFacts() with { Path = path, Owner = LinuxError.DescribeUser(userId) },
        Errno.EAGAIN);
}
