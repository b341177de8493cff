using WinMmf.Layouts;
using WinMmf.Platform;

namespace WinMmf.Frames;

/// <summary>
/// The publisher's steps on the words of a channel: which slot is taken, how it becomes the newest, and what readers are told of it
/// (<c>docs/protocol.md</c> section 5). One thread takes them.
/// </summary>
/// <typeparam name="TMemory">How the words are touched.</typeparam>
internal sealed unsafe class SlotPublisher<TMemory>
    where TMemory : struct, IStepMemory
{
    private readonly byte* _c;
    private readonly int _slots;
    private readonly PublisherRows _rows;
    private readonly WakeRule _wake;
    private readonly LeaseLedger _ledger;
    private readonly long _notHonouredBefore;
    private uint _newest;
    private bool _isOpen;

    /// <summary>Goes on where the words are.</summary>
    /// <param name="control">The control section.</param>
    /// <param name="slots">How many slots it has.</param>
    /// <param name="rows">The rows of its readers.</param>
    /// <param name="notHonouredBefore">Leases that earlier publishers did not honour.</param>
    public SlotPublisher(byte* control, int slots, PublisherRows rows, long notHonouredBefore)
    {
        _c = control;
        _slots = slots;
        _rows = rows;
        _wake = new WakeRule(rows);
        _ledger = new LeaseLedger(slots);
        _notHonouredBefore = notHonouredBefore;
        _newest = Memory.Read(Word(ControlLayout.Newest));
        if (SlotOf(_newest) >= slots)
            _newest = 0;
    }

    /// <summary>When readers without a row are woken.</summary>
    public WakeRule WakeRule => _wake;

    private static TMemory Memory => default;

    /// <summary>The slot with the oldest frame that is neither newest nor held; the ledger sees to it that there is one.</summary>
    public int Take()
    {
        int newest = SlotOf(_newest);
        uint without = newest < 0 ? 0 : 1u << newest;
        int oldest = Oldest(without | _ledger.Held);
        if (_ledger.Held != 0 && oldest != Oldest(without))
            CounterBlock.Add(_c, ControlLayout.LeasedSlotsPassedCounter, 1);
        return oldest;
    }

    /// <summary>Tells readers that a slot is being filled.</summary>
    public void Mark(int slot)
    {
        uint* sequence = SlotDescriptor.SequenceOf(_c, slot);
        Memory.WriteRelease(sequence, (Memory.Read(sequence) | 1) + 2);

        // Full fence. Partner: the reader's acquire fence between its copy and its second look at the sequence
        // (SlotDescriptor.IsUnchanged): who saw any byte of newer content sees the odd sequence. Also: that of FrameWriter.BeginMove, see
        // FrameWriter.EnterPublishing.
        Memory.FullFence();
    }

    /// <summary>Writes the descriptor of a slot that was filled, and says that it is whole.</summary>
    public void Finish(int slot, in SlotDescriptor descriptor)
    {
        descriptor.Write<TMemory>(_c, slot);

        // Release. Partner: the reader's acquiring first read in SlotDescriptor.TryRead.
        uint* sequence = SlotDescriptor.SequenceOf(_c, slot);
        Memory.WriteRelease(sequence, Memory.Read(sequence) + 1);
    }

    /// <summary>Exchanges newest, looks at the rows, decides the gate and wakes (protocol 5.4 to 5.6, 7.3). How many were woken.</summary>
    public int MakeNewest(int slot, long now)
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
        _wake.IsDeciding = true;

        // Release, then full fence. Partners: the fence of a reader between its lease and its second look at newest
        // (SlotReader.TryAnnounce), that between its sleeping byte and its look at newest (SlotReader.MaySleep), that of
        // PublisherRows.Replace, and that of ServiceLoop.TickAll, which rests only if no publication may owe a wake.
        Memory.WriteRelease(Word(ControlLayout.Newest), word);
        Memory.FullFence();
        PublisherRow[] rows = _rows.Rows;
        ulong sleeping = _ledger.Look<TMemory>(rows, before, wasOpen, slot);
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
        int woken = _wake.Wake(rows, sleeping, now);
        _wake.IsDeciding = false;
        return woken;
    }

    private static int SlotOf(uint newest) => (int)(newest & 0xFF) - 1;

    private uint* Word(int offset) => (uint*)(_c + offset);

    private void WriteGate(uint word) => Memory.WriteRelease(Word(ControlLayout.Gate), word);

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
            bool isOdd = (Memory.Read(SlotDescriptor.SequenceOf(_c, i)) & 1) != 0;
            ulong number = isOdd ? 0 : Memory.Read((ulong*)(_c + ControlLayout.Slot(i) + SlotLayout.FrameNumber));
            if (oldest < 0 || number < least)
            {
                oldest = i;
                least = number;
            }
        }

        return oldest;
    }
}
