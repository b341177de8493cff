namespace WinMmf.Security;

/// <summary>How much an account may do with a memory or a channel. Each contains the one before it.</summary>
public enum AccessRight
{
    /// <summary>
    /// Read: a channel's frames, with leases and wake-ups; a plain memory's data without its lock, since taking the lock is a write.
    /// </summary>
    Read,

    /// <summary>
    /// Read, write and lock a plain memory. A channel is written by its publisher only, so there it is more than readers need.
    /// </summary>
    Write,

    /// <summary>Everything, changing the access itself included (Windows only).</summary>
    Full,
}
