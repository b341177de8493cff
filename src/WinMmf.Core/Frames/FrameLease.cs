using System;

namespace WinMmf.Frames;

/// <summary>
/// A frame used in place, without a copy. The publisher does not overwrite it until <see cref="End"/>;
/// <see cref="End"/> says whether that held. A reader has one lease at a time. Valid until <see cref="End"/>.
/// </summary>
public readonly unsafe struct FrameLease
{
    private readonly FrameReader _reader;

    internal FrameLease(FrameReader reader, byte* address, in FrameInfo info)
    {
        _reader = reader;
        Pointer = address;
        Info = info;
    }

    internal byte* Pointer { get; }

    /// <summary>Start of the payload, mapped read-only: writing to it ends the process.</summary>
    public IntPtr Address => (IntPtr)Pointer;

    /// <summary>Bytes of the payload.</summary>
    public int Length => Info.Format.PayloadLength;

    /// <summary>What is known of the frame.</summary>
    public FrameInfo Info { get; }

#if NET8_0_OR_GREATER
    /// <summary>The payload.</summary>
    public ReadOnlySpan<byte> Span => new(Pointer, Length);
#endif

    /// <summary>True while the frame is as it was published.</summary>
    public bool IsIntact => _reader is not null && _reader.IsLeaseIntact();

    /// <summary>Returns the frame. True if it was not overwritten during the lease.</summary>
    public bool End() => _reader is not null && _reader.EndLease();
}
