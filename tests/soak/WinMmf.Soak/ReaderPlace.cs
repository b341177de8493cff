namespace WinMmf.Soak;

/// <summary>Where a reader lives, as the publisher sees it.</summary>
internal enum ReaderPlace
{
    /// <summary>The publisher's account and container.</summary>
    Here,

    /// <summary>Another account without rights of its own.</summary>
    OtherAccount,

    /// <summary>Process numbers and mounts of its own, and the same /dev/shm.</summary>
    OtherContainer,
}
