namespace WinMmf.Locking;

/// <summary>What can be said of a lock (design L5).</summary>
public enum LockVerdict
{
    /// <summary>No client has it.</summary>
    Free,

    /// <summary>Living owners have it, and no client waits.</summary>
    Held,

    /// <summary>Living owners have it, and others wait.</summary>
    Waiting,

    /// <summary>Part of it belongs to an owner that died. It can be freed safely.</summary>
    Abandoned,

    /// <summary>The owners cannot be determined: rows were lost, or a client was stopped while it was taking the lock.</summary>
    Uncertain,

    /// <summary>Programs that write no row have it; whether they live is unknown.</summary>
    Foreign,

    /// <summary>The word is one that no legal step leads to, or it does not show what a living owner has.</summary>
    Corrupt,
}
