namespace WinMmf.Processes;

/// <summary>What can be said of a process named by a <see cref="ProcessIdentity"/>.</summary>
internal enum ProcessLiveness
{
    /// <summary>It runs (or is stopped; a stopped process still holds what it holds).</summary>
    Alive,

    /// <summary>It has ended for certain.</summary>
    Dead,

    /// <summary>It cannot be inspected from here (another pid namespace, hidden, no right). Treated as alive.</summary>
    Unknown,
}
