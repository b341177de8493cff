namespace WinMmf.Management.Locks;

/// <summary>What watching a lock for some time shows.</summary>
public enum LockActivity
{
    /// <summary>It was looked at once.</summary>
    NotSampled,

    /// <summary>No client had it.</summary>
    Idle,

    /// <summary>The owner changed, or the lock was free in between.</summary>
    Busy,

    /// <summary>The same had it all the time.</summary>
    Stuck,
}
