using WinMmf.Layouts;
using WinMmf.Platform;

namespace WinMmf.Frames;

/// <summary>
/// A reader's steps on the words of a channel: copying, leasing, going to sleep (<c>docs/protocol.md</c> sections 6 and 7). One thread
/// takes them.
/// </summary>
/// <typeparam name="TMemory">How the words are touched.</typeparam>
internal readonly unsafe struct SlotReader<TMemory>
    where TMemory : struct, IStepMemory
{
    /// <summary>
    /// Looks at a gate that is not decided yet: the publisher is deciding it, which takes some microseconds, or has died while it did.
    /// </summary>
    private const int GateLooks = 100;

    private readonly byte* _c;
    private readonly int _slots;

    /// <param name="control">The control section.</param>
    /// <param name="slots">How many slots it has.</param>
    public SlotReader(byte* control, int slots)
    {
        _c = control;
        _slots = slots;
    }

    /// <summary>Which slot is newest: its index and a count; 0: none yet.</summary>
    public uint Newest => Memory.ReadAcquire(Word(ControlLayout.Newest));

    private static TMemory Memory => default;

    /// <summary>The slot with the oldest whole frame after a given one; −1 if there is none.</summary>
    public int SlotAfter(long after)
    {
        int best = -1;
        ulong bestNumber = ulong.MaxValue;
        for (int i = 0; i < _slots; i++)
        {
            byte* s = _c + ControlLayout.Slot(i);
            uint sequence = Memory.ReadAcquire((uint*)(s + SlotLayout.Sequence));
            ulong number = Memory.Read((ulong*)(s + SlotLayout.FrameNumber));
            if (number > (ulong)after && number < bestNumber && (sequence & 1) == 0 && IsUnchanged(i, sequence))
            {
                best = i;
                bestNumber = number;
            }
        }

        return best;
    }

    /// <summary>Copies a slot's descriptor whole. False if it was being written, or if newest is not what it was.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="newest">
    /// The word that named the slot; 0: do not ask for it again. If it has changed, the slot may hold a frame whose publisher died before
    /// it made it newest: taking it would make a later look at newest go back.
    /// </param>
    /// <param name="descriptor">The copy.</param>
    public bool TryReadDescriptor(int slot, uint newest, out SlotDescriptor descriptor) =>
        SlotDescriptor.TryRead<TMemory>(_c, slot, out descriptor) && (newest == 0 || Newest == newest);

    /// <summary>Copies a payload. False if the slot was overwritten meanwhile.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="sequence">Its sequence, with which its descriptor was read.</param>
    /// <param name="from">Its payload.</param>
    /// <param name="to">Where to.</param>
    /// <param name="length">Bytes.</param>
    public bool TryCopy(int slot, uint sequence, byte* from, byte* to, long length)
    {
        Memory.CopyOut(from, to, length);
        return IsUnchanged(slot, sequence);
    }

    /// <summary>Announces a lease of the newest slot. If it fails, the row says nothing.</summary>
    /// <param name="row">The reader's row.</param>
    /// <param name="slot">The newest slot.</param>
    /// <param name="newest">The word that says so.</param>
    /// <param name="descriptor">The slot's descriptor.</param>
    /// <param name="mustCopy">True if it cannot be leased: copy instead. False with false: look at newest again.</param>
    public bool TryAnnounce(ReaderRow row, int slot, uint newest, out SlotDescriptor descriptor, out bool mustCopy)
    {
        descriptor = default;
        if (!IsGateOpen(newest, out mustCopy))
            return false;
        mustCopy = row.MustBeLookedAt && row.Number > Memory.ReadAcquire(Word(ControlLayout.RowsLookedAt));
        uint sequence = Memory.ReadAcquire(SlotDescriptor.SequenceOf(_c, slot));
        if (mustCopy || (sequence & 1) != 0)
            return false;

        // Full fence. Partner: the one after newest in SlotPublisher.MakeNewest. Either newest is seen to have changed here, or the
        // publisher's look after it sees this lease, and holds the slot.
        Memory.WriteRelease(row.Line + RowLayout.Lease, (byte)(slot + 1));
        Memory.FullFence();
        if (Newest == newest && TryReadDescriptor(slot, 0, out descriptor) && descriptor.Sequence == sequence)
            return true;
        GiveBack(row);
        return false;
    }

    /// <summary>Ends a lease. Release: whatever was read of the frame was read before.</summary>
    public static void GiveBack(ReaderRow row) => Memory.WriteRelease(row.Line + RowLayout.Lease, 0);

    /// <summary>Says that the reader sleeps. False if it must not, since there is a new frame.</summary>
    public bool MaySleep(ReaderRow row, uint seen)
    {
        // Full fence. Partner: the one after newest in SlotPublisher.MakeNewest. Either the second look sees the new frame, or the
        // publisher sees the sleeping byte and wakes.
        Memory.WriteRelease(row.Line + RowLayout.Sleeping, 1);
        Memory.FullFence();
        return Newest == seen;
    }

    /// <summary>Says that the reader sleeps no longer.</summary>
    public static void StandUp(ReaderRow row) => Memory.WriteRelease(row.Line + RowLayout.Sleeping, 0);

    /// <summary>True if a slot still has the sequence that was seen before its content was read.</summary>
    public bool IsUnchanged(int slot, uint sequence) => SlotDescriptor.IsUnchanged<TMemory>(_c, slot, sequence);

    private uint* Word(int offset) => (uint*)(_c + offset);

    private bool IsGateOpen(uint newest, out bool isClosed)
    {
        for (int i = 0; i < GateLooks; i++)
        {
            uint gate = Memory.ReadAcquire(Word(ControlLayout.Gate));
            isClosed = gate == (newest | ControlLayout.GateClosed);
            if (gate == newest || isClosed)
                return !isClosed;
            if (Newest != newest)
                return false;
            Memory.Pause();
        }

        isClosed = true;
        return false;
    }
}
