namespace WinMmf.Locking;

/// <summary>What the owner of a row is doing (protocol 8.2).</summary>
internal enum LockRowState : byte
{
    Free = 0,

    /// <summary>Waits; has no part in the word.</summary>
    Waiting = 1,

    /// <summary>Is about to take the lock, or just has.</summary>
    Intent = 2,

    /// <summary>Has the lock for certain.</summary>
    Held = 3,

    /// <summary>Is about to release the lock, or just has. A rescuer writes it too.</summary>
    Releasing = 4,
}
