using System.Threading;

namespace WinMmf.Layouts;

/// <summary>Offsets of the control section: <c>docs/protocol.md</c> section 2.</summary>
internal static unsafe class ControlLayout
{
    public const uint Magic = 0xFF46_4D57;
    public const uint Kind = 0x4C4E_4843;
    public const int Size = 4096;
    public const int AnchorSize = 64;

    // Anchor, frozen.
    public const int MagicOffset = 0x00;
    public const int KindOffset = 0x04;
    public const int VersionOffset = 0x08;
    public const int SizeOffset = 0x0C;
    public const int AnchorSizeOffset = 0x10;

    // Description, guarded by its own sequence.
    public const int DescriptionSequence = 0x40;
    public const int Epoch = 0x44;
    public const int SlotCount = 0x48;
    public const int RegistryRows = 0x4C;
    public const int PixelsGeneration = 0x50;
    public const int FrameRateMillihertz = 0x54;
    public const int SlotCapacity = 0x58;
    public const int CreatedAt = 0x60;
    public const int UnixOffset = 0x68;
    public const int OwnerIdentity = 0x70;
    public const int WriterIdentity = 0x88;
    public const int LockedBytes = 0xA0;
    public const int LargePageBytes = 0xA8;
    public const int Source = 0xB0;
    public const int SourceBytes = 128;
    public const int Endpoint = 0x130;
    public const int EndpointBytes = 128;
    public const int Account = 0x1B0;
    public const int AccountBytes = 64;
    public const int DescriptionEnd = 0x1F0;

    // Each hot word has 128 bytes of its own: two cache lines, because CPUs fetch them in pairs.
    public const int State = 0x200;
    public const int Heartbeat = 0x204;
    public const int Newest = 0x280;
    public const int Counters = 0x300;
    public const int PublishedCounter = Counters + 0x00;
    public const int DroppedCounter = Counters + 0x08;
    public const int LeasedSlotsPassedCounter = Counters + 0x10;
    public const int LeasesIgnoredCounter = Counters + 0x18;
    public const int WakeUpsCounter = Counters + 0x20;
    public const int SourceRestartsCounter = Counters + 0x28;
    public const int RowsClearedCounter = Counters + 0x30;

    // Slots.
    public const int Slots = 0x400;
    public const int SlotStride = 128;
    public const int MinSlots = 3;
    public const int MaxSlots = 24;
    public const int DefaultSlots = 4;

    /// <summary>True if a section begins like a frame channel's control section.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="size">Bytes that are mapped there.</param>
    public static bool IsControl(byte* start, long size) =>
        size >= AnchorSize && Volatile.Read(ref *(uint*)(start + MagicOffset)) == Magic && *(uint*)(start + KindOffset) == Kind;

    /// <summary>Offset of a slot's descriptor.</summary>
    public static int Slot(int index) => Slots + (index * SlotStride);
}
