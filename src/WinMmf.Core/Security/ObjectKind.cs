namespace WinMmf.Security;

/// <summary>What an access policy is applied to; it decides which rights a reader needs there.</summary>
internal enum ObjectKind
{
    /// <summary>Control or pixels section: readers read.</summary>
    PublisherSection,

    /// <summary>Windows: the registry, which readers read and write.</summary>
    Registry,

    /// <summary>Linux: the socket at which readers get their row; they connect.</summary>
    Door,

    /// <summary>Plain memory and its companion: who locks it must write, since the lock word is in it.</summary>
    LockedMemory,

    /// <summary>Plain memory that winmmf programs of other accounts open: its writers get full access, which they request.</summary>
    OpenMemory,

    /// <summary>Linux: the file whose locks prove that those who lock a plain memory live; only they may open it.</summary>
    Locks,

    /// <summary>A wake-up event: readers wait.</summary>
    WakeEvent,

    /// <summary>
    /// The event by which a waiter for a plain memory's lock is woken: any account may set it, which at worst wakes without a reason.
    /// </summary>
    LockWakeUp,

    /// <summary>Ownership: only the owner.</summary>
    Ownership,

    /// <summary>A publisher's control pipe: only the owner.</summary>
    ControlPipe,
}
