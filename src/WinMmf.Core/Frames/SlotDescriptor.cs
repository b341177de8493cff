using WinMmf.Layouts;

namespace WinMmf.Frames;

/// <summary>A private copy of a slot's descriptor: <c>docs/protocol.md</c> section 2.4.</summary>
internal unsafe struct SlotDescriptor
{
    public uint Sequence;
    public uint Generation;
    public ulong FrameNumber;
    public long CapturedAt;
    public long PublishedAt;
    public uint Width;
    public uint Height;
    public uint Stride;
    public PixelFormat PixelFormat;
    public uint PayloadLength;
    public uint Flags;
    public uint Epoch;

    /// <summary>Address of a slot's sequence.</summary>
    public static uint* SequenceOf(byte* control, int slot) => (uint*)(control + ControlLayout.Slot(slot) + SlotLayout.Sequence);

    /// <summary>True if a slot still has the sequence that was seen before its content was read.</summary>
    public static bool IsUnchanged<TMemory>(byte* control, int slot, uint sequence)
        where TMemory : struct, IStepMemory
    {
        // Acquire fence. Partner: the full fence in SlotPublisher.Mark: a reader that saw any byte of newer content sees the odd sequence
        // as well.
        default(TMemory).AcquireFence();
        return default(TMemory).ReadAcquire(SequenceOf(control, slot)) == sequence;
    }

    /// <summary>Copies a descriptor whole. False if the slot is being filled.</summary>
    public static bool TryRead<TMemory>(byte* control, int slot, out SlotDescriptor descriptor)
        where TMemory : struct, IStepMemory
    {
        TMemory memory = default;
        byte* s = control + ControlLayout.Slot(slot);

        // Acquire. Partner: the release in SlotPublisher.Finish.
        descriptor.Sequence = memory.ReadAcquire((uint*)(s + SlotLayout.Sequence));
        descriptor.Generation = memory.Read((uint*)(s + SlotLayout.Generation));
        descriptor.FrameNumber = memory.Read((ulong*)(s + SlotLayout.FrameNumber));
        descriptor.CapturedAt = unchecked((long)memory.Read((ulong*)(s + SlotLayout.CapturedAt)));
        descriptor.PublishedAt = unchecked((long)memory.Read((ulong*)(s + SlotLayout.PublishedAt)));
        descriptor.Width = memory.Read((uint*)(s + SlotLayout.Width));
        descriptor.Height = memory.Read((uint*)(s + SlotLayout.Height));
        descriptor.Stride = memory.Read((uint*)(s + SlotLayout.Stride));
        descriptor.PixelFormat = (PixelFormat)memory.Read((uint*)(s + SlotLayout.Format));
        descriptor.PayloadLength = memory.Read((uint*)(s + SlotLayout.PayloadLength));
        descriptor.Flags = memory.Read((uint*)(s + SlotLayout.Flags));
        descriptor.Epoch = memory.Read((uint*)(s + SlotLayout.Epoch));
        return (descriptor.Sequence & 1) == 0 && IsUnchanged<TMemory>(control, slot, descriptor.Sequence);
    }

    /// <summary>Writes everything but the sequence. The slot is odd, so no reader trusts what it sees meanwhile.</summary>
    public readonly void Write<TMemory>(byte* control, int slot)
        where TMemory : struct, IStepMemory
    {
        TMemory memory = default;
        byte* s = control + ControlLayout.Slot(slot);
        memory.Write((uint*)(s + SlotLayout.Generation), Generation);
        memory.Write((ulong*)(s + SlotLayout.FrameNumber), FrameNumber);
        memory.Write((ulong*)(s + SlotLayout.CapturedAt), unchecked((ulong)CapturedAt));
        memory.Write((ulong*)(s + SlotLayout.PublishedAt), unchecked((ulong)PublishedAt));
        memory.Write((uint*)(s + SlotLayout.Width), Width);
        memory.Write((uint*)(s + SlotLayout.Height), Height);
        memory.Write((uint*)(s + SlotLayout.Stride), Stride);
        memory.Write((uint*)(s + SlotLayout.Format), (uint)PixelFormat);
        memory.Write((uint*)(s + SlotLayout.PayloadLength), PayloadLength);
        memory.Write((uint*)(s + SlotLayout.Flags), Flags);
        memory.Write((uint*)(s + SlotLayout.Epoch), Epoch);
    }

    /// <summary>Says what is wrong with this descriptor; null if nothing is.</summary>
    public readonly string? FindFault()
    {
        if (Generation == 0)
            return "it names pixels generation 0";
        if (FrameNumber is 0 or >= long.MaxValue)
            return $"its frame number is {FrameNumber}";
        return FrameFormat.FindFault(Width, Height, Stride, PixelFormat, PayloadLength);
    }

    /// <summary>The facts for readers, from a descriptor without a fault.</summary>
    public readonly FrameInfo ToFrameInfo() => new(
        FrameNumber,
        FrameFormat.FromChecked((int)Width, (int)Height, (int)Stride, PixelFormat, (int)PayloadLength),
        CapturedAt,
        PublishedAt,
        (FrameFlags)Flags & FrameFlags.Discontinuity,
        Epoch);
}
