using WinMmf.Locking;
using WinMmf.Processes;

namespace WinMmf.Platform.Windows;

/// <summary>Windows: kernel objects in <c>Global\</c> and <c>Local\</c>, which end with their last handle.</summary>
internal sealed class WindowsPlatform : IPlatform
{
    /// <summary>Makes the implementations; none of them asks the system anything before it is used.</summary>
    public WindowsPlatform()
    {
        WindowsProcessProbe processes = new();
        WindowsSectionStore sections = new();
        Sections = sections;
        WindowsOwnershipStore ownership = new(processes);
        Channels = new WindowsChannelStore(sections, ownership, processes);
        Memories = new WindowsMemoryStore(sections, ownership);
        Services = new WindowsServiceLoop();
        Processes = processes;
        Privileges = new WindowsPrivilegeStore(new WindowsAccountRights());
        LockTables = new WindowsLockTableStore(sections, processes);
        Access = new WindowsAccessStore(Privileges);
    }

    /// <inheritdoc/>
    public ISectionStore Sections { get; }

    /// <inheritdoc/>
    public IChannelStore Channels { get; }

    /// <inheritdoc/>
    public IMemoryStore Memories { get; }

    /// <inheritdoc/>
    public ServiceLoop Services { get; }

    /// <inheritdoc/>
    public IProcessProbe Processes { get; }

    /// <inheritdoc/>
    public IPrivilegeStore Privileges { get; }

    /// <inheritdoc/>
    public ILockTableStore LockTables { get; }

    /// <inheritdoc/>
    public IAccessStore Access { get; }
}
