namespace WinMmf.Layouts;

/// <summary>Offsets of a reader's row, one cache line: <c>docs/protocol.md</c> section 7.</summary>
internal static class RowLayout
{
    public const int Size = 64;

    /// <summary>Rows that there can be at most, numbered from 1.</summary>
    public const int Most = 63;

    public const int Claim = 0x00;

    /// <summary>0, or slot + 1.</summary>
    public const int Lease = 0x08;
    public const int Sleeping = 0x0C;
    public const int StartTime = 0x10;
    public const int Host = 0x18;
    public const int ClaimedAt = 0x20;
    public const int Label = 0x28;
    public const int LabelBytes = 24;
}
