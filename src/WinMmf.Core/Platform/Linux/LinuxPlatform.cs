using WinMmf.Locking;
using WinMmf.Processes;

namespace WinMmf.Platform.Linux;

/// <summary>Linux: files on tmpfs, locks of open file descriptions, futexes.</summary>
internal sealed class LinuxPlatform : IPlatform
{
    /// <summary>Where every Linux has shared memory.</summary>
    public const string SharedMemoryDirectory = "/dev/shm";

    public LinuxPlatform()
        : this(SharedMemoryDirectory)
    {
    }

    /// <summary>Works in another directory; for tests that need a file system of their own.</summary>
    /// <param name="directory">A directory on tmpfs.</param>
    public LinuxPlatform(string directory)
    {
        LinuxDirectory files = new(directory);
        LinuxRemover remover = new(files);
        Files = files;
        Remover = remover;
        LinuxLifetime lifetime = new(files, remover);
        LinuxFileCreator creator = new(files, lifetime);
        LinuxSectionStore sections = new(files, lifetime, creator, remover);
        LinuxServiceLoop loop = new();
        Processes = new LinuxProcessProbe();
        Sections = sections;
        Services = loop;
        Channels = new LinuxChannelStore(files, lifetime, remover, sections, loop, Processes);
        Memories = new LinuxMemoryStore(files, lifetime, remover, creator, sections);
        Privileges = new LinuxPrivilegeStore(directory);
        LockTables = new LinuxLockTableStore(files, Processes);
        Access = new LinuxAccessStore(files, lifetime);
    }

    /// <summary>The directory that it works in.</summary>
    public LinuxDirectory Files { get; }

    /// <summary>Removes what is not in use there.</summary>
    public LinuxRemover Remover { get; }

    public ISectionStore Sections { get; }

    public IChannelStore Channels { get; }

    public IMemoryStore Memories { get; }

    public ServiceLoop Services { get; }

    public IProcessProbe Processes { get; }

    public IPrivilegeStore Privileges { get; }

    public ILockTableStore LockTables { get; }

    public IAccessStore Access { get; }
}
