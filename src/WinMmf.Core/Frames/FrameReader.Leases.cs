using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <content>Leases: frames used in place (<c>docs/protocol.md</c> section 5.4).</content>
public sealed unsafe partial class FrameReader
{
    private const long PutBackLimitNanoseconds = 20_000_000;

    private PixelsSection? _leasedPixels;
    private int _leasedSlot = -1;
    private uint _leasedSequence;

    /// <summary>Takes the newest frame in place.</summary>
    /// <param name="lease">The frame; end it soon. One lease a reader.</param>
    /// <returns>
    /// False if there is no frame, or if leasing is not possible now (no registry row, or slots − 2 other slots are leased): copy instead.
    /// </returns>
    /// <exception cref="InvalidOperationException">This reader has a lease already.</exception>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public bool TryLeaseNewest(out FrameLease lease)
    {
        ThrowIfUnusable();
        if (_leasedSlot >= 0)
            throw new InvalidOperationException("This reader has a lease already. End it first, or open a second reader.");
        for (int i = 0; _registry is not null && i < TriesAtMost; i++)
        {
            int slot = NewestSlot(out uint newest);
            if (slot < 0)
                break;
            if (!TryLease(slot, newest, out FrameInfo info, out bool isBoundReached))
            {
                if (isBoundReached)
                    break;
                continue;
            }

            Account(info);
            lease = new FrameLease(this, _leasedPixels!.Payload(slot), info);
            return true;
        }

        lease = default;
        return false;
    }

    internal bool IsLeaseIntact()
    {
        if (_leasedSlot < 0 || _disposed)
            return false;

        // The publisher may be trying this very slot: it marks it, sees the lease, and puts the old sequence back at once.
        uint tried = (_leasedSequence | 1) + 2;
        long limit = MonotonicClock.Now + PutBackLimitNanoseconds;
        SpinWait spin = default;
        while (true)
        {
            if (IsUnchanged(_leasedSlot, _leasedSequence))
                return true;
            if (!IsUnchanged(_leasedSlot, tried) && !IsUnchanged(_leasedSlot, _leasedSequence))
                return false;
            if (MonotonicClock.Now > limit)
                return false;
            spin.SpinOnce();
        }
    }

    internal bool EndLease()
    {
        if (_leasedSlot < 0 || _disposed)
            return false;
        bool intact = IsLeaseIntact();
        _registry!.WriteLease(_row, 0);
        _leasedSlot = -1;
        if (!ReferenceEquals(_leasedPixels, _pixels))
            _leasedPixels?.Dispose();
        _leasedPixels = null;
        return intact;
    }

    private FrameReadStatus CopyUnderLease(int slot, uint newest, byte* destination, int capacity, out FrameInfo info)
    {
        if (!TryLease(slot, newest, out info, out bool isBoundReached))
            return isBoundReached ? CopySlot(slot, newest, destination, capacity, out info) : FrameReadStatus.Overrun;
        int length = info.Format.PayloadLength;
        if (capacity >= length)
            Buffer.MemoryCopy(_leasedPixels!.Payload(slot), destination, capacity, length);
        bool intact = EndLease();
        return capacity < length ? FrameReadStatus.BufferTooSmall : intact ? FrameReadStatus.Ok : FrameReadStatus.Overrun;
    }

    private bool TryLease(int slot, uint newest, out FrameInfo info, out bool isBoundReached)
    {
        isBoundReached = false;
        uint* address = SlotDescriptor.SequenceOf(_c, slot);
        uint sequence = Volatile.Read(ref *address);
        info = default;
        if ((sequence & 1) != 0 || IsOvertaken(newest))
            return false;

        // An intent, which only readers count: it keeps them from leasing more than slots − 2 between them.
        _registry!.WriteLease(_row, (byte)(slot + 1));
        if (Volatile.Read(ref *address) != sequence)
        {
            _registry.WriteLease(_row, 0);
            return false;
        }

        _registry.Snapshot(_snapshot);
        if (LeaseScan.CountDistinct(_snapshot, _slots) > _slots - 2)
        {
            _registry.WriteLease(_row, 0);
            isBoundReached = true;
            return false;
        }

        // WriteLease is a full fence. Partner: the fences in FrameWriter.TakeSlot and TakeSlotAmongLeases. Either the
        // last look at the sequence sees it odd or changed, or the publisher's snapshot sees this lease.
        _registry.WriteLease(_row, (byte)((slot + 1) | RegistryLayout.LeaseConfirmed));
        bool usable = false;
        try
        {
            usable = TryReadDescriptor(slot, newest: 0, out info, out uint generation, out uint again) && again == sequence
                && MapPixels(generation, info.Format.PayloadLength) && IsUnchanged(slot, sequence);
        }
        finally
        {
            if (!usable)
                _registry.WriteLease(_row, 0);
        }

        if (!usable)
            return false;
        _leasedSlot = slot;
        _leasedSequence = sequence;
        _leasedPixels = _pixels;
        return true;
    }
}
