namespace WinMmf.Layouts;

/// <summary>Offsets of a pixels section behind its anchor: <c>docs/protocol.md</c> section 4.</summary>
internal static class PixelsLayout
{
    public const int GenerationOffset = 0x100;
    public const int SlotCountOffset = 0x104;
    public const int SlotCapacityOffset = 0x108;
    public const int RetiredOffset = 0x110;

    /// <summary>Each slot's sequence when the last payload had been written here.</summary>
    public const int FinalSequences = 0x140;

    /// <summary>Where the payload of slot 0 begins, and what capacities are multiples of: Windows' allocation granularity.</summary>
    public const int Alignment = 65_536;

    /// <summary>Offset of a slot's final sequence.</summary>
    public static int FinalSequence(int slot) => FinalSequences + (slot * sizeof(uint));

    /// <summary>Offset of a slot's payload.</summary>
    public static long Payload(int slot, long capacity) => Alignment + (slot * capacity);

    /// <summary>Bytes of the whole section.</summary>
    public static long TotalSize(int slots, long capacity) => Alignment + (slots * capacity);

    /// <summary>Rounds a payload length up to a slot capacity.</summary>
    public static long Capacity(long payloadLength) => (payloadLength + Alignment - 1) / Alignment * Alignment;
}
