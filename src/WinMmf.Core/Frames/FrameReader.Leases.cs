using System;
using WinMmf.Errors;
using WinMmf.Platform;

namespace WinMmf.Frames;

/// <content>Leases: frames used in place (<c>docs/protocol.md</c> 6.3 to 6.5).</content>
public sealed unsafe partial class FrameReader
{
    private PixelsSection? _leasedPixels;
    private SharedSection? _leasedControl;
    private ReaderRow? _leasedRow;
    private int _leasedSlot = -1;
    private uint _leasedSequence;

    /// <summary>Takes the newest frame in place.</summary>
    /// <param name="lease">The frame; end it soon. One lease a reader.</param>
    /// <returns>
    /// False if there is no frame, or if leasing is not possible now (no row, or slots − 2 other frames are leased): copy instead.
    /// </returns>
    /// <exception cref="InvalidOperationException">This reader has a lease already.</exception>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public bool TryLeaseNewest(out FrameLease lease)
    {
        ThrowIfUnusable();
        if (_leasedSlot >= 0)
            throw new InvalidOperationException("This reader has a lease already. End it first, or open a second reader.");
        TakeLateRow();
        for (int i = 0; _row is not null && i < TriesAtMost; i++)
        {
            int slot = NewestSlot(out uint newest);
            if (slot < 0)
                break;
            if (!TryLease(slot, newest, out FrameInfo info, out bool mustCopy))
            {
                if (mustCopy)
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
        if (SlotDescriptor.IsUnchanged<SharedStepMemory>(_leasedControl!.Address, _leasedSlot, _leasedSequence))
            return true;

        // The slot goes on without this frame. That is no loss if it does so in other pixels: a publisher that grew, moved, or took over.
        ReadFence.Acquire();
        return _leasedPixels!.WasIntactWhenRetired(_leasedSlot, _leasedSequence);
    }

    internal bool EndLease()
    {
        if (_leasedSlot < 0 || _disposed)
            return false;
        bool intact = IsLeaseIntact();
        if (!intact)
            _overwritten++;

        if (ReferenceEquals(_leasedRow, _row))
            SlotReader<SharedStepMemory>.GiveBack(_row!);
        _leasedSlot = -1;
        _leasedRow = null;
        if (!ReferenceEquals(_leasedPixels, _pixels))
            _leasedPixels!.Dispose();
        _leasedPixels = null;
        if (!ReferenceEquals(_leasedControl, _control))
            _leasedControl!.Dispose();
        _leasedControl = null;
        return intact;
    }

    private FrameReadStatus CopyUnderLease(int slot, uint newest, byte* destination, int capacity, out FrameInfo info)
    {
        if (!TryLease(slot, newest, out info, out bool mustCopy))
            return mustCopy ? CopySlot(slot, newest, destination, capacity, out info) : FrameReadStatus.Overrun;
        int length = info.Format.PayloadLength;
        if (capacity >= length)
            Buffer.MemoryCopy(_leasedPixels!.Payload(slot), destination, capacity, length);
        bool intact = EndLease();
        return capacity < length ? FrameReadStatus.BufferTooSmall : intact ? FrameReadStatus.Ok : FrameReadStatus.Overrun;
    }

    /// <param name="slot">The newest slot.</param>
    /// <param name="newest">The word that says so.</param>
    /// <param name="info">What is known of the frame.</param>
    /// <param name="mustCopy">True if it cannot be leased: copy instead. False with false: look at newest again.</param>
    private bool TryLease(int slot, uint newest, out FrameInfo info, out bool mustCopy)
    {
        info = default;
        ReaderRow row = _row!;
        if (!_words.TryAnnounce(row, slot, newest, out SlotDescriptor descriptor, out mustCopy))
            return false;
        bool usable = false;
        try
        {
            info = Check(slot, descriptor);
            usable = MapPixels(descriptor.Generation, info.Format.PayloadLength);

            // A frame of an earlier publisher: its successor does not look at this row for it.
            mustCopy = usable && info.Epoch != row.Epoch;
            usable &= !mustCopy;
        }
        finally
        {
            if (!usable)
                SlotReader<SharedStepMemory>.GiveBack(row);
        }

        if (!usable)
            return false;
        _leasedSlot = slot;
        _leasedSequence = descriptor.Sequence;
        _leasedPixels = _pixels;
        _leasedControl = _control;
        _leasedRow = row;
        return true;
    }
}
