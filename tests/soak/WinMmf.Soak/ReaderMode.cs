namespace WinMmf.Soak;

/// <summary>How a reader reads.</summary>
internal enum ReaderMode
{
    /// <summary>Copies each frame in order.</summary>
    Every,

    /// <summary>Leases the newest and looks at it for a while.</summary>
    Lease,

    /// <summary>Copies the newest, without a registry row.</summary>
    ReadOnly,
}
