namespace WinMmf.Locking;

/// <summary>What can be said of a lock (design L5).</summary>
public enum LockVerdict
{
    /// <summary>Nobody has it.</summary>
    Free,

    /// <summary>Living owners have it, and nobody waits.</summary>
    Held,

    /// <summary>Living owners have it, and others wait.</summary>
    Waiting,

    /// <summary>Part of it belongs to an owner that died. It can be freed safely.</summary>
    Abandoned,

    /// <summary>Whose part it is cannot be decided: rows were lost, or somebody was stopped in the middle of taking it.</summary>
    Uncertain,

    /// <summary>Programs that leave no row have it; whether they live nobody can say.</summary>
    Foreign,

    /// <summary>The word is one that no legal step leads to, or it does not show what a living owner has.</summary>
    Corrupt,
}
