#if NET8_0_OR_GREATER
using System;
using System.Buffers;

namespace WinMmf.Frames;

/// <summary>
/// One frame that <see cref="FrameStream.ReadAllAsync"/> gave: in place, or a copy where that is not possible. Valid until it is disposed
/// of, the loop asks for the next one, or the stream is disposed of. Whoever keeps pixels longer copies them.
/// </summary>
public sealed class FrameInUse : IDisposable
{
    private readonly FrameLease _lease;
    private readonly byte[]? _copy;
    private bool _hasEnded;
    private bool _wasIntact = true;

    internal FrameInUse(in FrameLease lease, long skipped)
    {
        _lease = lease;
        Info = lease.Info;
        Skipped = skipped;
    }

    internal FrameInUse(in FrameInfo info, byte[] copy, long skipped)
    {
        _copy = copy;
        Info = info;
        Skipped = skipped;
    }

    /// <summary>What is known of the frame.</summary>
    public FrameInfo Info { get; }

    /// <summary>Frames between the one given before and this one.</summary>
    public long Skipped { get; }

    /// <summary>True if it is used in place; false for a copy.</summary>
    public bool IsInPlace => _copy is null;

    /// <summary>
    /// True while the frame is as it was published, and after its end if it was until then. Look at it when the pixels have been used: a
    /// publisher that was started again where memory does not suffice twice may overwrite a frame in place.
    /// </summary>
    public bool IsIntact => _hasEnded || _copy is not null ? _wasIntact : _lease.IsIntact;

    /// <summary>The payload: bytes, laid out as <see cref="FrameInfo.Format"/> says; read-only.</summary>
    /// <exception cref="ObjectDisposedException">The frame has ended.</exception>
    public ReadOnlySpan<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_hasEnded, this);
            return _copy is null ? _lease.Span : _copy.AsSpan(0, Info.Format.PayloadLength);
        }
    }

    /// <summary>Copies the payload to the end of what a writer has.</summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="ObjectDisposedException">The frame has ended.</exception>
    public void CopyTo(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Span);
    }

    /// <summary>Ends the use: the publisher may fill the frame's place again.</summary>
    public void Dispose()
    {
        if (_hasEnded)
            return;
        if (_copy is null)
            _wasIntact = _lease.End();
        _hasEnded = true;
    }
}
#endif
