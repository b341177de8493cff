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
        Files = files;
        LinuxLifetime lifetime = new(files);
        LinuxFileCreator creator = new(files, lifetime);
        Sections = new LinuxSectionStore(files, lifetime, creator);
        Ownership = new LinuxOwnershipStore(files);
        Registries = new LinuxReaderRegistryStore(files, lifetime, creator);
        WakeUps = new LinuxWakeUpStore();
        Processes = new LinuxProcessProbe();
        Privileges = new LinuxPrivilegeStore(directory);
        LockTables = new LinuxLockTableStore(files, lifetime, Processes);
        Access = new LinuxAccessStore(files, lifetime);
    }

    /// <summary>The directory that it works in.</summary>
    public LinuxDirectory Files { get; }

    public ISectionStore Sections { get; }

    public IOwnershipStore Ownership { get; }

    public IReaderRegistryStore Registries { get; }

    public IWakeUpStore WakeUps { get; }

    public IProcessProbe Processes { get; }

    public IPrivilegeStore Privileges { get; }

    public ILockTableStore LockTables { get; }

    public IAccessStore Access { get; }
}
