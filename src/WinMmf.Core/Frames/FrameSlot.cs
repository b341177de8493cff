using System;

namespace WinMmf.Frames;

/// <summary>
/// A slot that a publisher fills in place: memory that readers will see once it is published.
/// Valid from <see cref="FrameWriter.TryBegin"/> to Publish or Abandon.
/// </summary>
public readonly unsafe struct FrameSlot
{
    internal FrameSlot(uint generation, int index, byte* address, in FrameFormat format, long frameNumber)
    {
        Generation = generation;
        Index = index;
        Pointer = address;
        Format = format;
        FrameNumber = frameNumber;
    }

    /// <summary>The pixels in which it lies.</summary>
    internal uint Generation { get; }

    internal int Index { get; }

    internal byte* Pointer { get; }

    /// <summary>Start of the payload; a multiple of 65,536.</summary>
    public IntPtr Address => (IntPtr)Pointer;

    /// <summary>Bytes that may be written.</summary>
    public int Length => Format.PayloadLength;

    /// <summary>What the publisher said it would put in.</summary>
    public FrameFormat Format { get; }

    /// <summary>The number that the frame gets when it is published.</summary>
    public long FrameNumber { get; }

#if NET8_0_OR_GREATER
    /// <summary>The payload's memory.</summary>
    public Span<byte> Span => new(Pointer, Length);
#endif
}
