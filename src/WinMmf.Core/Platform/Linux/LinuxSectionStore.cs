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

    public LinuxSectionStore(LinuxDirectory files, LinuxLifetime lifetime, LinuxFileCreator creator)
    {
        _files = files;
        _lifetime = lifetime;
        _creator = creator;
    }

    public SharedSection Create(SharedName name, string suffix, long size, ObjectKind kind, AccessPolicy policy, SectionInitialiser initialise, MemoryResidency residency = MemoryResidency.None)
    {
        if (size <= 0)
            throw LinuxError.InvalidSize(name, suffix, size);
        long page = residency == MemoryResidency.LargePages ? LinuxResidency.LargePageSize : 0;
        if (page > 0)
            size = LinuxResidency.RoundUp(size, page);

        // Before memory is reserved, since the name is mostly the fault, and an old leftover may have the memory.
        _lifetime.MakeRoom(name, suffix);
        LinuxFile file = _creator.CreateUnnamed(name, suffix, size, kind, policy);
        LinuxSharedSection? section = null;
        try
        {
            section = Map(file, name, suffix, size, writable: true, page);
            section.Keep(residency);
            initialise(section);
            _creator.GiveName(file, name, suffix);
            return section;
        }
        catch
        {
            section?.Dispose();
            file.Dispose();
            throw;
        }
    }

    public SharedSection? TryOpen(SharedName name, string suffix, bool writable)
    {
        string path = _files.PathOf(name, suffix);
        LinuxWait wait = new(LinuxWait.Long);
        while (true)
        {
            int error = LinuxFile.TryOpen(path, writable, out LinuxFile? file);
            if (error == Errno.ENOENT)
                return null;
            if (file is null)
                throw LinuxError.Open(name, suffix, path, writable, error);
            try
            {
                switch (_lifetime.TryJoin(file, name, suffix, out FileStatus status))
                {
                    case LinuxFileState.Held when status.Size == 0:
                        throw LinuxError.WrongType(name, suffix, path);
                    case LinuxFileState.Held:
                        LinuxSharedSection section = Map(file, name, suffix, status.Size, writable);
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

            if (!wait.TryAgain())
                throw LinuxError.Stuck(name, suffix, path);
        }
    }

    public bool TryReclaim(SharedName name) => _lifetime.TryReclaim(name);

    public void RemoveName(SharedName name, string suffix)
    {
        string path = _files.PathOf(name, suffix);
        int error = Libc.Unlink(path);
        if (error is not (0 or Errno.ENOENT))
            throw LinuxError.Open(name, suffix, path, writable: true, error);
    }

    private LinuxSharedSection Map(LinuxFile file, SharedName name, string suffix, long size, bool writable, long alignment = 0)
    {
        FileStatus status = file.GetStatus();
        MapHandle map;
        int error = alignment > 0
            ? Libc.MmapAligned(file.Descriptor, size, alignment, out map)
            : Libc.Mmap(file.Descriptor, size, writable, out map);
        return error switch
        {
            0 => new LinuxSharedSection(_lifetime, file, map, name, suffix, size, status.UserId),
            Errno.ENOMEM => throw new WinMmfException(
                WinMmfErrorId.OutOfSharedMemory,
                $"Mapping {name}{suffix} failed: this process has no room for it in its address space, or a limit ('ulimit -v') stands in the way.",
                error),
            _ => throw LinuxError.System($"Mapping {name}{suffix}", error),
        };
    }
}
