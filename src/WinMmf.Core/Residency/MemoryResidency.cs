namespace WinMmf.Residency;

/// <summary>Whether the system may take a memory's pages out of the machine's memory (design N7).</summary>
public enum MemoryResidency
{
    /// <summary>The system decides: memory that is not in use may be paged out.</summary>
    None,

    /// <summary>
    /// Locked by the process that creates it, for as long as that process has it open: VirtualLock, mlock. Windows needs no privilege,
    /// Linux has a limit (ulimit -l).
    /// </summary>
    Locked,

    /// <summary>
    /// Made of large pages. On Windows they are never paged out and need SeLockMemoryPrivilege; on Linux they are faster but may
    /// be paged out.
    /// </summary>
    LargePages,
}
