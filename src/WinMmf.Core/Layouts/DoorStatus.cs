namespace WinMmf.Layouts;

/// <summary>What the door answers.</summary>
internal enum DoorStatus : uint
{
    /// <summary>A row, in the descriptor that comes with the message.</summary>
    Granted = 0,

    /// <summary>The account may not read the channel.</summary>
    NotAllowed = 1,

    /// <summary>The account has as many rows as it may.</summary>
    QuotaReached = 2,

    /// <summary>All rows are taken.</summary>
    NoneFree = 3,
}
