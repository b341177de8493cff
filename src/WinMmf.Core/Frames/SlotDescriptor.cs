using System.Threading;
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
    public static bool IsUnchanged(byte* control, int slot, uint sequence)
    {
        // Acquire fence. Partner: the full fence in FrameWriter.Mark: a reader that saw any byte of newer content sees the odd sequence as
        // well.
        ReadFence.Acquire();
        return Volatile.Read(ref *SequenceOf(control, slot)) == sequence;
    }

    /// <summary>Copies a descriptor whole. False if the slot is being filled.</summary>
    public static bool TryRead(byte* control, int slot, out SlotDescriptor descriptor)
    {
        byte* s = control + ControlLayout.Slot(slot);

        // Acquire. Partner: the release in FrameWriter.Publish.
        descriptor.Sequence = Volatile.Read(ref *(uint*)(s + SlotLayout.Sequence));
        descriptor.Generation = *(uint*)(s + SlotLayout.Generation);
        descriptor.FrameNumber = *(ulong*)(s + SlotLayout.FrameNumber);
        descriptor.CapturedAt = *(long*)(s + SlotLayout.CapturedAt);
        descriptor.PublishedAt = *(long*)(s + SlotLayout.PublishedAt);
        descriptor.Width = *(uint*)(s + SlotLayout.Width);
        descriptor.Height = *(uint*)(s + SlotLayout.Height);
        descriptor.Stride = *(uint*)(s + SlotLayout.Stride);
        descriptor.PixelFormat = (PixelFormat)(*(uint*)(s + SlotLayout.Format));
        descriptor.PayloadLength = *(uint*)(s + SlotLayout.PayloadLength);
        descriptor.Flags = *(uint*)(s + SlotLayout.Flags);
        descriptor.Epoch = *(uint*)(s + SlotLayout.Epoch);
        return (descriptor.Sequence & 1) == 0 && IsUnchanged(control, slot, descriptor.Sequence);
    }

    /// <summary>Writes everything but the sequence. The slot is odd, so no reader trusts what it sees meanwhile.</summary>
    public readonly void Write(byte* control, int slot)
    {
        byte* s = control + ControlLayout.Slot(slot);
        *(uint*)(s + SlotLayout.Generation) = Generation;
        *(ulong*)(s + SlotLayout.FrameNumber) = FrameNumber;
        *(long*)(s + SlotLayout.CapturedAt) = CapturedAt;
        *(long*)(s + SlotLayout.PublishedAt) = PublishedAt;
        *(uint*)(s + SlotLayout.Width) = Width;
        *(uint*)(s + SlotLayout.Height) = Height;
        *(uint*)(s + SlotLayout.Stride) = Stride;
        *(uint*)(s + SlotLayout.Format) = (uint)PixelFormat;
        *(uint*)(s + SlotLayout.PayloadLength) = PayloadLength;
        *(uint*)(s + SlotLayout.Flags) = Flags;
        *(uint*)(s + SlotLayout.Epoch) = Epoch;
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
