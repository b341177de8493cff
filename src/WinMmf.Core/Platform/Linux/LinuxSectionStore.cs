using System;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>Sections as files on tmpfs.</summary>
internal sealed class LinuxSectionStore : ISectionStore
{
    private readonly LinuxDirectory _files;
    private readonly LinuxLifetime _lifetime;
    private readonly LinuxFileCreator _creator;
    private readonly LinuxRemover _remover;

    public LinuxSectionStore(LinuxDirectory files, LinuxLifetime lifetime, LinuxFileCreator creator, LinuxRemover remover)
    {
        _files = files;
        _lifetime = lifetime;
        _creator = creator;
        _remover = remover;
    }

    public SharedSection Create(SharedName name, long size, ObjectKind kind, AccessPolicy policy, SectionInitialiser initialise,
        MemoryResidency residency = MemoryResidency.None)
    {
        // Before memory is reserved, since the name is mostly the fault, and an old leftover may have the memory.
        _lifetime.MakeRoom(name);
        return Create(name, size, kind, policy, initialise, residency, section => _creator.GiveName(section.File, name));
    }

    public SharedSection? TryOpen(SharedName name, bool writable)
    {
        string path = _files.PathOf(name);
        LinuxWait wait = new(LinuxWait.Long);
        LinuxWait holdWait = new(LinuxWait.Short);
        LinuxWait trustedWait = new(LinuxWait.Trusted);
        bool mayGoWithout = false;
        while (true)
        {
            int error = LinuxFile.TryOpen(path, writable, out LinuxFile? file);
            if (error == Errno.ENOENT)
                return null;
            if (file is null)
                throw LinuxError.Open(name, "", path, writable, error);
            FileStatus status;
            try
            {
                switch (_lifetime.TryJoin(file, name, out status, mayGoWithout))
                {
                    case LinuxFileState.Held when status.Size == 0:
                        throw LinuxError.WrongType(name, "", path);
                    case LinuxFileState.Held:
                        LinuxSharedSection section = Map(file, _lifetime, name, "", status.Size, writable);
                        file = null;
                        return section;
                    case LinuxFileState.Leftover:
                        return null;
                }
            }
            finally
            {
                file?.Dispose();
            }

            // Where others may write the file, they may keep the remover's lock as well.
            mayGoWithout = LinuxFile.IsOwnersAlone(in status) ? !trustedWait.TryAgain() : !holdWait.TryAgain();
            if (!wait.TryAgain())
                throw LinuxError.Stuck(name, "", path);
        }
    }

    public bool CanBeCutShort => true;

    public SharedSection? TryLook(SharedName name)
    {
        string path = _files.PathOf(name);
        int error = LinuxFile.TryOpen(path, writable: false, out LinuxFile? file);
        if (error == Errno.ENOENT)
            return null;
        if (file is null)
            throw LinuxError.Open(name, "", path, writable: false, error);
        using (file)
        {
            FileStatus status = file.GetStatus();
            if (!status.IsRegularFile)
                throw LinuxError.WrongType(name, "", path);
            bool isItsOwners = name.Whose is uint whose ? status.UserId == whose : LinuxUsers.IsCaller(status.UserId);
            if (name.Scope == NameScope.Local && !isItsOwners)
                throw LinuxError.Squatted(name, "", path, in status);
            if (file.QueryHold() == LinuxHold.None)
                return null;
            return status.Size == 0 ? throw LinuxError.WrongType(name, "", path) : new LinuxSectionCopy(file, in status);
        }
    }

    public bool TryReclaim(SharedName name)
    {
        bool removed = _remover.TryRemove(name);
        _remover.ClearFolders(ofAll: true);
        return removed;
    }

    /// <summary>Makes the section that bears a name, for a caller that links the name itself.</summary>
    internal LinuxSharedSection Create(
        SharedName name, long size, ObjectKind kind, AccessPolicy policy, SectionInitialiser initialise, MemoryResidency residency,
        Action<LinuxSharedSection> link)
    {
        size = Round(name, "", size, residency);
        LinuxFile file = _creator.CreateUnnamed(name, "", null, _files.PathOf(name), size, kind, policy);
        return Finish(file, _lifetime, name, "", size, initialise, residency, link);
    }

    /// <summary>Makes a part in a folder.</summary>
    /// <exception cref="WinMmfException">AlreadyExists, OutOfSharedMemory and so on.</exception>
    internal LinuxSharedSection CreatePart(
        SharedName name, LinuxFolder folder, string part, long size, ObjectKind kind, AccessPolicy policy, SectionInitialiser initialise,
        MemoryResidency residency)
    {
        size = Round(name, "." + part, size, residency);
        LinuxFile file = _creator.CreateUnnamed(name, "." + part, folder, folder.PathOf(part), size, kind, policy);
        return Finish(file, null, name, "." + part, size, initialise, residency, _ =>
        {
            int error = Libc.LinkAt(file.Descriptor, folder.Descriptor, part);
            if (error != 0)
                throw error == Errno.EEXIST ? LinuxError.Exists(name, "." + part, file.Path)
                    : LinuxError.Create(name, "." + part, _files, error);
        });
    }

    /// <summary>Maps an open file; on an error the file stays the caller's.</summary>
    internal static LinuxSharedSection Map(
        LinuxFile file, LinuxLifetime? lifetime, SharedName name, string part, long size, bool writable, long alignment = 0)
    {
        FileStatus status = file.GetStatus();
        MapHandle map;
        int error = alignment > 0
            ? Libc.MmapAligned(file.Descriptor, size, alignment, out map)
            : Libc.Mmap(file.Descriptor, size, writable, out map);
        return error switch
        {
            0 => new LinuxSharedSection(lifetime, file, map, name, part, size, status.UserId),
            Errno.ENOMEM => throw new WinMmfException(
                WinMmfErrorId.OutOfSharedMemory,
                $"Mapping {name}{part} failed: this process has no room for it in its address space, "
                    + "or a limit ('ulimit -v') stands in the way.",
                error),
            _ => throw LinuxError.System($"Mapping {name}{part}", error),
        };
    }

    private static long Round(SharedName name, string part, long size, MemoryResidency residency)
    {
        if (size <= 0)
            throw LinuxError.InvalidSize(name, part, size);
        return residency == MemoryResidency.LargePages ? LinuxResidency.RoundUp(size, LinuxResidency.LargePageSize) : size;
    }

    private static LinuxSharedSection Finish(
        LinuxFile file, LinuxLifetime? lifetime, SharedName name, string part, long size, SectionInitialiser initialise,
        MemoryResidency residency, Action<LinuxSharedSection> link)
    {
        LinuxSharedSection? section = null;
        try
        {
            section = Map(file, lifetime, name, part, size, writable: true, residency == MemoryResidency.LargePages
                ? LinuxResidency.LargePageSize : 0);
            section.Keep(residency);
            initialise(section);
            link(section);
            return section;
        }
        catch
        {
            section?.Dispose();
            file.Dispose();
            throw;
        }
    }
}
