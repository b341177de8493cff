using System.Threading;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Residency;

namespace WinMmf.Frames;

/// <content>Which slot is taken, how it becomes the newest, and what readers are told of it (<c>docs/protocol.md</c> section 5).</content>
public sealed unsafe partial class FrameWriter
{
    /// <summary>Exchanges newest, looks at the rows, decides the gate and wakes (protocol 5.4 to 5.6, 7.3). How many were woken.</summary>
    private int MakeNewest(int slot, long now)
    {
        int before = SlotOf(_newest);
        bool wasOpen = _isOpen;
        uint word = ((((_newest >> 8) + 1) & 0x00FF_FFFF) << 8) | (uint)(slot + 1);
        if (_wake.IsDue(now))
            _rows.TakeIn();
        bool isOpen = _ledger.WillBeOpen(before, wasOpen);
        if (isOpen)
            WriteGate(word);
        _rows.BeginLook();

        // Release, then full fence. Partners: the fence of a reader between its lease and its second look at newest (FrameReader.TryLease),
        // that between its sleeping byte and its look at newest (FrameReader.Sleep), and that of PublisherRows.Replace.
        Volatile.Write(ref *(uint*)(_c + ControlLayout.Newest), word);
        Thread.MemoryBarrier();
        PublisherRow[] rows = _rows.Rows;
        ulong sleeping = _ledger.Look(rows, before, wasOpen, slot);
        _rows.EndLook();
        if (!isOpen)
        {
            isOpen = _ledger.IsOpen;
            WriteGate(isOpen ? word : word | ControlLayout.GateClosed);
            if (!isOpen)
                CounterBlock.Add(_c, ControlLayout.GateClosedCounter, 1);
            *(long*)(_c + ControlLayout.LeasesIgnoredCounter) = _notHonouredBefore + _ledger.NotHonoured;
        }

        _newest = word;
        _isOpen = isOpen;
        return _wake.Wake(rows, sleeping, now);
    }

    private void WriteGate(uint word) => Volatile.Write(ref *(uint*)(_c + ControlLayout.Gate), word);

    /// <summary>The slot with the oldest frame that is neither newest nor held; the ledger sees to it that there is one.</summary>
    private int TakeSlot()
    {
        int newest = SlotOf(_newest);
        uint without = newest < 0 ? 0 : 1u << newest;
        int oldest = Oldest(without | _ledger.Held);
        if (_ledger.Held != 0 && oldest != Oldest(without))
            CounterBlock.Add(_c, ControlLayout.LeasedSlotsPassedCounter, 1);
        return oldest;
    }

    private int Mark(int slot)
    {
        uint* sequence = SlotDescriptor.SequenceOf(_c, slot);
        Volatile.Write(ref *sequence, (*sequence | 1) + 2);

        // Full fence. Partner: the reader's acquire fence between its copy and its second look at the sequence
        // (SlotDescriptor.IsUnchanged): who saw any byte of newer content sees the odd sequence. Also: that of BeginMove, see
        // EnterPublishing.
        Thread.MemoryBarrier();
        return slot;
    }

    /// <summary>The slot with the oldest frame among those whose bits are not set; −1 if there is none.</summary>
    private int Oldest(uint without)
    {
        int oldest = -1;
        ulong least = ulong.MaxValue;
        for (int i = 0; i < _slots; i++)
        {
            if ((without & (1u << i)) != 0)
                continue;

            // A slot left odd holds no frame any more, so it is used first.
            bool isOdd = (*SlotDescriptor.SequenceOf(_c, i) & 1) != 0;
            ulong number = isOdd ? 0 : *(ulong*)(_c + ControlLayout.Slot(i) + SlotLayout.FrameNumber);
            if (oldest < 0 || number < least)
            {
                oldest = i;
                least = number;
            }
        }

        return oldest;
    }

    private static int SlotOf(uint newest) => (int)(newest & 0xFF) - 1;

    private void Grow(int payloadLength)
    {
        lock (_lifeLock)
        {
            ControlDescription description = _channel.Description;
            long capacity = PixelsLayout.Capacity(payloadLength);
            if (capacity <= _pixels.Capacity)
                return;
            PixelsSection larger = _channel.CreateLarger(capacity);

            // The channel grows again before the first frame of the previous growth.
            if (_retiredPixels is not null)
                LetGoOfRetiredPixels();
            _pixels.Retire(_c);
            _retiredPixels = _pixels;
            _pixels = larger;
            description.Generation = larger.Generation;
            description.SlotCapacity = capacity;
            description.Resident = _options.Residency == MemoryResidency.None ? default : larger.Measure();
            description.Write(_channel.Control);
        }
    }

    private void LetGoOfRetiredPixels()
    {
        // Only now, because until the first frame of the new generation, the newest frame was in this one.
        PixelsSection retired = _retiredPixels!;
        _retiredPixels = null;
        _channel.Site.RemovePixels(retired.Generation);
        retired.Dispose();
    }
}
