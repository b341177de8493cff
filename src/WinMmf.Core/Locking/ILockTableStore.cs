using WinMmf.Names;

namespace WinMmf.Locking;

/// <summary>Opens the companions of plain memories for locking and for looking (protocol 8.2).</summary>
internal interface ILockTableStore
{
    /// <summary>Opens a companion; null if there is none, if it is damaged, or if this account may not use it so.</summary>
    /// <param name="name">The memory.</param>
    /// <param name="memory">
    /// The memory as it was opened: the name may lead to another one by now, whose owners of a lock are not this one's. Null: as the name
    /// says now.
    /// </param>
    /// <param name="writable">True to lock and to recover; false to look only.</param>
    LockTable? TryOpen(SharedName name, IOpenMemory? memory, bool writable);

    /// <summary>
    /// True if there is no companion, and its absence proves that no client with a row is alive: Windows keeps it as long as one has it
    /// open. Always false on Linux, where a file can be removed under its clients.
    /// </summary>
    /// <param name="name">The memory.</param>
    bool ProvesThatAllAreDead(SharedName name);
}
