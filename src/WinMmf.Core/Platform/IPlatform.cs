using WinMmf.Locking;
using WinMmf.Processes;

namespace WinMmf.Platform;

/// <summary>What differs between operating systems, one interface a concern.</summary>
internal interface IPlatform
{
    /// <summary>Named sections: create, open, let go.</summary>
    ISectionStore Sections { get; }

    /// <summary>Who may publish under a name.</summary>
    IOwnershipStore Ownership { get; }

    /// <summary>The registry of readers.</summary>
    IReaderRegistryStore Registries { get; }

    /// <summary>Sleeping and waking.</summary>
    IWakeUpStore WakeUps { get; }

    /// <summary>Which process is which, and whether it lives.</summary>
    IProcessProbe Processes { get; }

    /// <summary>Rights of the system itself.</summary>
    IPrivilegeStore Privileges { get; }

    /// <summary>Who has or wants the lock of a plain memory.</summary>
    ILockTableStore LockTables { get; }

    /// <summary>Who may use what.</summary>
    IAccessStore Access { get; }
}
