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
        Ownership = new WindowsOwnershipStore();
        Registries = new WindowsReaderRegistryStore(sections, processes);
        WakeUps = new WindowsWakeUpStore();
        Processes = processes;
        Privileges = new WindowsPrivilegeStore(new WindowsAccountRights());
        LockTables = new WindowsLockTableStore(sections, processes);
        Access = new WindowsAccessStore(Privileges);
    }

    /// <inheritdoc/>
    public ISectionStore Sections { get; }

    /// <inheritdoc/>
    public IOwnershipStore Ownership { get; }

    /// <inheritdoc/>
    public IReaderRegistryStore Registries { get; }

    /// <inheritdoc/>
    public IWakeUpStore WakeUps { get; }

    /// <inheritdoc/>
    public IProcessProbe Processes { get; }

    /// <inheritdoc/>
    public IPrivilegeStore Privileges { get; }

    /// <inheritdoc/>
    public ILockTableStore LockTables { get; }

    /// <inheritdoc/>
    public IAccessStore Access { get; }
}
