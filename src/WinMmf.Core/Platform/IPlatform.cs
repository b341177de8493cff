using WinMmf.Locking;
using WinMmf.Processes;

namespace WinMmf.Platform;

/// <summary>What differs between operating systems, one interface a concern.</summary>
internal interface IPlatform
{
    /// <summary>Named sections: create, open, close.</summary>
    ISectionStore Sections { get; }

    /// <summary>Channels: owning them, and their parts.</summary>
    IChannelStore Channels { get; }

    /// <summary>Plain memories and their companions.</summary>
    IMemoryStore Memories { get; }

    /// <summary>Looks after the channels that this process publishes.</summary>
    ServiceLoop Services { get; }

    /// <summary>Which process is which, and whether it lives.</summary>
    IProcessProbe Processes { get; }

    /// <summary>Rights of the system itself.</summary>
    IPrivilegeStore Privileges { get; }

    /// <summary>Who has or wants the lock of a plain memory.</summary>
    ILockTableStore LockTables { get; }

    /// <summary>Who may use what.</summary>
    IAccessStore Access { get; }
}
