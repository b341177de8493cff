namespace WinMmf.Layouts;

/// <summary>Offsets of the control section behind its anchor: <c>docs/protocol.md</c> section 3.</summary>
internal static class ControlLayout
{
    public const int Size = 8192;

    // Description, guarded by its own sequence.
    public const int DescriptionSequence = 0x100;
    public const int Epoch = 0x104;
    public const int SlotCount = 0x108;
    public const int MostRows = 0x10C;
    public const int PixelsGeneration = 0x110;
    public const int FrameRateMillihertz = 0x114;
    public const int SlotCapacity = 0x118;
    public const int CreatedAt = 0x120;
    public const int UnixOffset = 0x128;
    public const int OwnerIdentity = 0x130;
    public const int WriterIdentity = 0x148;
    public const int LockedBytes = 0x160;
    public const int LargePageBytes = 0x168;
    public const int Moved = 0x170;
    public const int Source = 0x180;
    public const int SourceBytes = 128;
    public const int Endpoint = 0x200;
    public const int EndpointBytes = 128;
    public const int Account = 0x280;
    public const int AccountBytes = 64;
    public const int DescriptionEnd = 0x2C0;

    // The last failure, guarded by a sequence of its own.
    public const int FailureSequence = 0x2C0;
    public const int FailedAt = 0x2C8;
    public const int Failure = 0x2D0;
    public const int FailureBytes = 256;

    // Each hot word has 128 bytes of its own: two cache lines, because CPUs fetch them in pairs.
    public const int State = 0x400;
    public const int Heartbeat = 0x404;

    /// <summary>Newest, gate and rows share a line: they are mostly read together.</summary>
    public const int Newest = 0x480;
    public const int Gate = 0x484;

    /// <summary>Windows: rows that the publisher looks at.</summary>
    public const int RowsLookedAt = 0x488;

    /// <summary>Bit of the gate's word that says: this frame may not be leased.</summary>
    public const uint GateClosed = 0x80;

    public const int Counters = 0x500;
    public const int PublishedCounter = Counters + 0x00;
    public const int DroppedCounter = Counters + 0x08;
    public const int LeasedSlotsPassedCounter = Counters + 0x10;
    public const int LeasesIgnoredCounter = Counters + 0x18;
    public const int WakeUpsCounter = Counters + 0x20;
    public const int SourceRestartsCounter = Counters + 0x28;
    public const int RowsClearedCounter = Counters + 0x30;
    public const int GateClosedCounter = Counters + 0x38;
    public const int RowsGivenCounter = Counters + 0x40;
    public const int RowsRefusedCounter = Counters + 0x48;
    public const int MovesCounter = Counters + 0x50;
    public const int PixelsReusedCounter = Counters + 0x58;
    public const int CountersEnd = Counters + 0x60;

    // Slots.
    public const int Slots = 0x800;
    public const int SlotStride = 128;
    public const int MinSlots = 3;
    public const int MaxSlots = 24;
    public const int DefaultSlots = 4;

    /// <summary>Offset of a slot's descriptor.</summary>
    public static int Slot(int index) => Slots + (index * SlotStride);
}
