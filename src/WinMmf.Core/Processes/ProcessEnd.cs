namespace WinMmf.Processes;

/// <summary>What became of the wish to end a process.</summary>
internal enum ProcessEnd
{
    /// <summary>It was told to end at once, which takes it a moment.</summary>
    Told,

    /// <summary>There is no such process any more; its number may be another one's.</summary>
    Gone,

    /// <summary>It does not run as the account that it should.</summary>
    OtherAccount,

    /// <summary>It cannot be seen from here: another container, or hidden.</summary>
    Unseen,

    /// <summary>This account may not end it.</summary>
    Denied,
}
