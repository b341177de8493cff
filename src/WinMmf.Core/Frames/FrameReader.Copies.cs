using System;
using WinMmf.Errors;

namespace WinMmf.Frames;

/// <content>Copies of frames (<c>docs/protocol.md</c> 6.2).</content>
public sealed unsafe partial class FrameReader
{
    private const int TriesBeforeLease = 8;

    /// <summary>Copies the newest frame.</summary>
    /// <param name="destination">Where to; at least as many bytes as the frame has.</param>
    /// <param name="capacity">Bytes at <paramref name="destination"/>.</param>
    /// <param name="info">What is known of the frame; also set when the buffer is too small.</param>
    /// <returns>Ok, NoFrame, BufferTooSmall, or Overrun after many vain tries.</returns>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public FrameReadStatus TryCopyNewest(IntPtr destination, int capacity, out FrameInfo info) =>
        TryCopy(long.MinValue, (byte*)destination, capacity, out info);

    /// <summary>
    /// Copies the oldest frame still held that comes after a given one. Reading in order loses frames only when
    /// more than slots − 1 are published meanwhile; those are counted as skipped.
    /// </summary>
    /// <param name="frameNumber">The frame after which to read; 0 or less: the newest.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="capacity">Bytes at <paramref name="destination"/>.</param>
    /// <param name="info">What is known of the frame.</param>
    /// <returns>Ok, NoFrame if there is none newer, BufferTooSmall, or Overrun.</returns>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public FrameReadStatus TryCopyAfter(long frameNumber, IntPtr destination, int capacity, out FrameInfo info) =>
        TryCopy(frameNumber <= 0 ? long.MinValue : frameNumber, (byte*)destination, capacity, out info);

    /// <summary>Copies the oldest frame still held: where a reader in order begins who wants to miss nothing.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="capacity">Bytes at <paramref name="destination"/>.</param>
    /// <param name="info">What is known of the frame.</param>
    /// <returns>Ok, NoFrame, BufferTooSmall, or Overrun.</returns>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public FrameReadStatus TryCopyOldest(IntPtr destination, int capacity, out FrameInfo info) =>
        TryCopy(0, (byte*)destination, capacity, out info);

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="TryCopyNewest(IntPtr, int, out FrameInfo)"/>
    public FrameReadStatus TryCopyNewest(Span<byte> destination, out FrameInfo info)
    {
        fixed (byte* to = destination)
            return TryCopy(long.MinValue, to, destination.Length, out info);
    }

    /// <inheritdoc cref="TryCopyAfter(long, IntPtr, int, out FrameInfo)"/>
    public FrameReadStatus TryCopyAfter(long frameNumber, Span<byte> destination, out FrameInfo info)
    {
        fixed (byte* to = destination)
            return TryCopy(frameNumber <= 0 ? long.MinValue : frameNumber, to, destination.Length, out info);
    }
#endif

    private FrameReadStatus TryCopy(long after, byte* destination, int capacity, out FrameInfo info)
    {
        ThrowIfUnusable();
        if (after > 0)
            after = After(after);
        for (int i = 0; i < TriesAtMost; i++)
        {
            uint newest = 0;
            int slot = after == long.MinValue ? NewestSlot(out newest) : _words.SlotAfter(after);
            if (slot < 0)
            {
                info = default;
                return FrameReadStatus.NoFrame;
            }

            // Overwritten again and again: hold the slot for the time of the copy. Only the newest can be held.
            bool hold = i >= TriesBeforeLease && newest != 0 && _row is not null && _leasedSlot < 0;
            FrameReadStatus status = hold
                ? CopyUnderLease(slot, newest, destination, capacity, out info)
                : CopySlot(slot, newest, destination, capacity, out info);
            if (status == FrameReadStatus.Ok && info.FrameNumber > after)
                Account(info);
            else if (status == FrameReadStatus.Overrun || status == FrameReadStatus.Ok)
                continue;
            return status;
        }

        info = default;
        return FrameReadStatus.Overrun;
    }

    private FrameReadStatus CopySlot(int slot, uint newest, byte* destination, int capacity, out FrameInfo info)
    {
        if (!TryReadDescriptor(slot, newest, out info, out uint generation, out uint sequence)
            || !MapPixels(generation, info.Format.PayloadLength))
        {
            _retries++;
            return FrameReadStatus.Overrun;
        }

        int length = info.Format.PayloadLength;
        if (capacity < length)
            return FrameReadStatus.BufferTooSmall;
        if (_words.TryCopy(slot, sequence, _pixels!.Payload(slot), destination, length))
            return FrameReadStatus.Ok;
        _retries++;
        return FrameReadStatus.Overrun;
    }

    private void Account(in FrameInfo info)
    {
        _read++;
        if (_lastRead > 0 && info.FrameNumber > _lastRead)
            _skipped += info.FrameNumber - _lastRead - 1;
        if (_lastEpoch != 0 && info.Epoch != _lastEpoch)
            _restarts++;
        _lastRead = Math.Max(_lastRead, info.FrameNumber);
        _lastEpoch = info.Epoch;
    }
}
