using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>A folder that this process owns, and the channel that it makes there (protocol section 10).</summary>
internal sealed class LinuxChannelSite : ChannelSite
{
    private readonly LinuxChannelStore _store;
    private readonly LinuxFolder _folder;
    private readonly LinuxOwnerFile _owner;
    private LinuxDoor? _door;
    private bool _disposed;

    public LinuxChannelSite(LinuxChannelStore store, SharedName name, LinuxFolder folder, LinuxOwnerFile owner, LinuxSharedSection? found)
        : base(name)
    {
        _store = store;
        _folder = folder;
        _owner = owner;
        Found = found;
    }

    public override string? Folder => _folder.Path;

    public override SharedSection CreateControl(AccessPolicy policy, SectionInitialiser fill, MemoryResidency residency)
    {
        LinuxSharedSection control = _store.Sections.Create(
            Name,
            ControlLayout.Size,
            ObjectKind.PublisherSection,
            policy,
            section => Fill(section, SectionKind.Control, ControlLayout.Size, fill),
            residency,
            made =>
            {
                LinuxFile file = made.File;
                int error = Libc.Link(file.Descriptor, file.Path);
                if (error != 0)
                    throw error == Errno.EEXIST ? LinuxError.Exists(Name, "", file.Path) : LinuxError.Create(Name, "", _store.Files, error);
            });
        _door?.Guard(control);
        return control;
    }

    public override SharedSection CreatePixels(
        uint generation, long size, AccessPolicy policy, SectionInitialiser fill, MemoryResidency residency)
    {
        string part = LinuxFolder.Pixels(generation);
        return _store.Sections.CreatePart(
            Name, _folder, part, size, ObjectKind.PublisherSection, policy, section =>
                Fill(section, SectionKind.Pixels, PixelsLayout.Alignment, fill), residency);
    }

    public override SharedSection? TryOpenPixels(uint generation, out bool isHeld) =>
        LinuxChannelStore.TryOpenPixels(Name, _folder, _folder.Tie.UserId, generation, writable: true, out isHeld);

    public override void RemovePixels(uint generation) => _folder.Remove(LinuxFolder.Pixels(generation));

    public override PublisherRows OpenRows(SharedSection? control, AccessPolicy policy, uint epoch)
    {
        // Doors of dead publishers.
        foreach (string name in _folder.List())
        {
            if (name.StartsWith("door.", System.StringComparison.Ordinal))
                _folder.Remove(name);
        }

        _door = new LinuxDoor(_store.Loop, _folder, epoch);
        if (control is not null)
            _door.Guard((LinuxSharedSection)control);
        _door.Open(LinuxFileMode.From(policy, ObjectKind.Door, Name.Scope));
        return _door;
    }

    public override bool AreNamesOurs(SharedSection control, SharedSection pixels, uint generation) =>
        ((LinuxSharedSection)control).File.IsStillNamed()
        && _folder.IsStillNamed()
        && _owner.IsStillNamed()
        && ((LinuxSharedSection)pixels).File.IsStillNamed()
        && _door?.IsStillNamed() != false;

    public override ChannelSite Move(SharedSection control)
    {
        LinuxFile file = ((LinuxSharedSection)control).File;
        if (file.IsStillNamed())
        {
            // Ours still, but perhaps without the lock that says so.
            if (_folder.IsStillNamed() && _owner.IsStillNamed())
                Libc.Unlink(file.Path);
            else
                RemoveOrphan(file);
        }

        if (Libc.GetStatus(file.Path, follow: false, out FileStatus status) == 0)
            throw Taken(status.UserId);
        return _store.CreateSite(Name);
    }

    public override void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _door?.Dispose();
        FolderTie tie = _folder.Tie;
        _folder.Dispose();
        _owner.Dispose();

        // Released first: the last reader may close at the same time, and one of the two must find both locks free.
        _store.Remover.TryRemove(Name, tie);
        _store.Remover.ClearFolder(tie);
    }

    private void Fill(SharedSection section, SectionKind kind, int size, SectionInitialiser fill)
    {
        fill(section);
        WriteAnchor(section, kind, size);
    }

    private unsafe void WriteAnchor(SharedSection section, SectionKind kind, int size) =>
        SectionAnchor.Write(section.Address, kind, size, Name, _folder.Tie);

    private void RemoveOrphan(LinuxFile control)
    {
        // A process that removes leftovers may hold it at this moment, or have left an owner file that no process holds.
        LinuxWait wait = new(LinuxWait.Trusted);
        LinuxFolder? folder;
        LinuxOwnerFile? owner;
        while (!LinuxOwnerFile.TryOwnToRemove(
            _store.Files, SectionKind.Control, Name, _folder.Tie, _folder.Tie.UserId, out folder, out owner))
        {
            folder?.Dispose();
            if (!wait.TryAgain())
                throw Taken(Libc.GetEffectiveUserId());
        }

        using (folder)
        using (owner)
        {
            if (owner is null)
                throw Taken(Libc.GetEffectiveUserId());
            if (control.IsStillNamed())
                Libc.Unlink(control.Path);
            folder!.Clear();
        }
    }

    private WinMmfException Taken(uint userId) => new(
        WinMmfErrorId.ChannelLost,
        $"The files of {Name} were removed while it was published, and its name belongs to {LinuxError.DescribeUser(userId)} now, so "
            + "no reader can find these frames any more. Publish under another name, or end what has this one.",
        Errno.EEXIST);
}
