namespace WinMmf.Layouts;

/// <summary>Offsets of the registry section: <c>docs/protocol.md</c> section 4. Used by both platforms' registries.</summary>
internal static class RegistryLayout
{
    public const uint Magic = 0xFF52_4D57;
    public const int Size = 4096;
    public const int Rows = 64;
    public const int RowSize = 64;

    // Row 0, the header.
    public const int MagicOffset = 0x00;
    public const int VersionOffset = 0x04;
    public const int RowsOffset = 0x08;

    // Rows 1–63.
    public const int Claim = 0x00;
    public const int Lease = 0x08;
    public const int Waiting = 0x0C;
    public const int StartTime = 0x10;
    public const int Host = 0x18;
    public const int ClaimedAt = 0x20;
    public const int Label = 0x28;
    public const int LabelBytes = 24;

    /// <summary>Bit of the lease byte: the reader has checked that its lease is within the bound (5.4 step 4).</summary>
    public const byte LeaseConfirmed = 0x40;

    /// <summary>Bits of the lease byte that hold slot + 1.</summary>
    public const byte LeaseSlotMask = 0x3F;

    /// <summary>Offset of a row.</summary>
    public static int Row(int row) => row * RowSize;
}
