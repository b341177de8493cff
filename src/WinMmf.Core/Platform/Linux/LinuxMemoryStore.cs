using System;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>
/// Plain memories (protocol 8.2): the memory bit for bit as winmmf has it, beside it a companion that tells by the memory's inode that it
/// belongs to it, and a folder with the locks that prove life, which only those may open who may lock.
/// </summary>
internal sealed unsafe class LinuxMemoryStore : IMemoryStore
{
    private readonly LinuxDirectory _files;
    private readonly LinuxLifetime _lifetime;
    private readonly LinuxRemover _remover;
    private readonly LinuxFileCreator _creator;
    private readonly LinuxSectionStore _sections;

    public LinuxMemoryStore(
        LinuxDirectory files, LinuxLifetime lifetime, LinuxRemover remover, LinuxFileCreator creator, LinuxSectionStore sections)
    {
        _files = files;
        _lifetime = lifetime;
        _remover = remover;
        _creator = creator;
        _sections = sections;
    }

    public MemorySections Create(
        SharedName name, long size, ObjectKind kind, AccessPolicy policy, CompanionInitialiser fill, MemoryResidency residency)
    {
        _remover.ClearFolders();

        // Before memory is reserved, since the name is the more frequent error, and a leftover may occupy the memory.
        _lifetime.MakeRoom(name);
        MakeRoomForCompanion(name);
        LinuxFolder? folder = null;
        LinuxOwnerFile? owner = null;
        bool done = false;
        try
        {
            owner = MakeFolder(name, policy, out folder);
            MemorySections sections = Create(name, size, kind, policy, fill, residency, folder);
            done = true;
            return sections;
        }
        finally
        {
            FolderTie? tie = done ? null : folder?.Tie;
            owner?.Dispose();
            folder?.Dispose();
            if (tie is FolderTie left)
                _remover.ClearFolder(left);
        }
    }

    public SharedSection? TryOpenCompanion(SharedName name, bool writable)
    {
        if (Libc.GetStatus(_files.PathOf(name), follow: false, out FileStatus memory) != 0)
            return null;
        LinuxFile? file = LinuxCompanion.TryOpen(_files, name, in memory, writable, out _);
        if (file is null)
            return null;
        try
        {
            LinuxSharedSection section = LinuxSectionStore.Map(file, null, name, SharedName.HoldersSuffix, file.GetStatus().Size, writable);
            file = null;
            return section;
        }
        finally
        {
            file?.Dispose();
        }
    }

    public SharedSection? TryLookAtCompanion(SharedName name)
    {
        if (Libc.GetStatus(_files.PathOf(name), follow: false, out FileStatus memory) != 0)
            return null;
        using LinuxFile? file = LinuxCompanion.TryOpen(_files, name, in memory, writable: false, out _);
        return file is null ? null : new LinuxSectionCopy(file, file.GetStatus());
    }

    // A companion is a file, which outlives its clients, and which may be removed under living ones: its absence proves nothing.
    public SharedSection? TryAdopt(SharedName name, SharedSection memory) => null;

    private MemorySections Create(
        SharedName name, long size, ObjectKind kind, AccessPolicy policy, CompanionInitialiser fill, MemoryResidency residency,
            LinuxFolder folder)
    {
        LinuxSharedSection? companion = null;
        bool done = false;
        try
        {
            LinuxSharedSection memory = _sections.Create(name, size, kind, policy, static _ => { }, residency, made =>
            {
                // Mapped, measured, complete: now the companion, and with its name the race is decided; then the memory.
                companion = CreateCompanion(name, policy, made, fill, folder);
                LinuxFile file = made.File;
                int error = Libc.Link(file.Descriptor, file.Path);
                if (error != 0)
                    throw error == Errno.EEXIST ? LinuxError.Exists(name, "", file.Path) : LinuxError.Create(name, "", _files, error);
            });
            done = true;
            return new MemorySections(memory, companion!);
        }
        finally
        {
            if (!done && companion is not null)
            {
                Libc.Unlink(_files.CompanionOf(name));
                companion.Dispose();
            }
        }
    }

    private LinuxSharedSection CreateCompanion(
        SharedName name, AccessPolicy policy, LinuxSharedSection memory, CompanionInitialiser fill, LinuxFolder folder)
    {
        string path = _files.CompanionOf(name);
        LinuxFile file = _creator.CreateUnnamed(
            name, SharedName.HoldersSuffix, null, path, HoldersLayout.Size, ObjectKind.LockedMemory, policy);
        LinuxSharedSection? companion = null;
        bool done = false;
        try
        {
            companion = LinuxSectionStore.Map(file, null, name, SharedName.HoldersSuffix, HoldersLayout.Size, writable: true);
            fill(memory, companion, folder.Path);
            *(ulong*)(companion.Address + HoldersLayout.InodeOffset) = memory.File.GetStatus().Inode;
            SectionAnchor.Write(companion.Address, SectionKind.Holders, HoldersLayout.Size, name, folder.Tie);
            int error = Libc.Link(file.Descriptor, path);
            if (error != 0)
                throw error == Errno.EEXIST
                    ? LinuxError.Exists(name, SharedName.HoldersSuffix, path)
                    : LinuxError.Create(name, SharedName.HoldersSuffix, _files, error);
            done = true;
            return companion;
        }
        finally
        {
            if (!done)
            {
                companion?.Dispose();
                file.Dispose();
            }
        }
    }

    /// <summary>A companion without its memory is a leftover, unless its creator is making the memory at this moment.</summary>
    private void MakeRoomForCompanion(SharedName name)
    {
        string path = _files.CompanionOf(name);
        LinuxWait wait = new(LinuxWait.Long);
        while (Libc.GetStatus(path, follow: false, out FileStatus status) == 0)
        {
            if (!LinuxUsers.CallerMayRemove(status.UserId))
                throw LinuxError.Squatted(name, SharedName.HoldersSuffix, path, in status);
            if (_remover.TryRemove(name))
                continue;

            // The memory came meanwhile, or it is no companion at all.
            _lifetime.MakeRoom(name);
            if (!wait.TryAgain())
            {
                throw LinuxUsers.IsCaller(status.UserId)
                    ? LinuxError.Exists(name, SharedName.HoldersSuffix, path)
                    : LinuxError.Squatted(name, SharedName.HoldersSuffix, path, in status);
            }
        }
    }

    private LinuxOwnerFile MakeFolder(SharedName name, AccessPolicy policy, out LinuxFolder folder)
    {
        LinuxOwnerFile owner = LinuxOwnerFile.CreateWithFolder(_files, SectionKind.Holders, name, out folder);
        bool done = false;
        try
        {
            MakeLocks(name, policy, folder);
            int error = name.Scope == NameScope.Local ? 0 : folder.LetOthersPass();
            if (error != 0)
                throw LinuxError.System($"Giving {folder.Path} its access rights", error);
            done = true;
            return owner;
        }
        finally
        {
            if (!done)
            {
                folder.Clear();
                owner.Dispose();
                folder.Dispose();
            }
        }
    }

    private void MakeLocks(SharedName name, AccessPolicy policy, LinuxFolder folder)
    {
        string path = folder.PathOf(LinuxFolder.LocksFile);
        using LinuxFile locks = _creator.CreateUnnamed(name, "." + LinuxFolder.LocksFile, folder, path, 0, ObjectKind.Locks, policy);
        int error = Libc.LinkAt(locks.Descriptor, folder.Descriptor, LinuxFolder.LocksFile);
        if (error != 0)
            throw LinuxError.Create(name, "." + LinuxFolder.LocksFile, _files, error);
    }
}
