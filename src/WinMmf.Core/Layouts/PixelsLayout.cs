namespace WinMmf.Layouts;

/// <summary>Offsets of a pixels section: <c>docs/protocol.md</c> section 3.</summary>
internal static class PixelsLayout
{
    public const uint Magic = 0xFF50_4D57;
    public const int MagicOffset = 0x00;
    public const int VersionOffset = 0x04;
    public const int GenerationOffset = 0x08;
    public const int SlotCountOffset = 0x0C;
    public const int SlotCapacityOffset = 0x10;
    public const int ReplacedOffset = 0x18;

    /// <summary>Where the payload of slot 0 begins, and what capacities are multiples of: Windows' allocation granularity.</summary>
    public const int Alignment = 65_536;

    /// <summary>Offset of a slot's payload.</summary>
    public static long Payload(int slot, long capacity) => Alignment + (slot * capacity);

    /// <summary>Bytes of the whole section.</summary>
    public static long TotalSize(int slots, long capacity) => Alignment + (slots * capacity);

    /// <summary>Rounds a payload length up to a slot capacity.</summary>
    public static long Capacity(long payloadLength) => (payloadLength + Alignment - 1) / Alignment * Alignment;
}
