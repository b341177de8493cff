using System;
using System.Runtime.InteropServices;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Platform;
using Xunit;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// A channel's words, its payloads of two words, and rows for its readers, for one schedule. Two frames are published before it begins.
/// </summary>
internal sealed unsafe class SteppedChannel : IDisposable
{
    private const int PayloadBytes = 2 * sizeof(ulong);

    private readonly byte* _bytes;
    private readonly WeakMemory _memory;
    private readonly SteppedPublisherRows _rows;
    private readonly SlotPublisher<WeakStepMemory> _publisher;
    private readonly Schedule _schedule;
    private readonly int _slots;
    private long _number;

    public SteppedChannel(Schedule schedule, Choices choices, int slots, int readers)
    {
        _schedule = schedule;
        _slots = slots;
        int payloads = ControlLayout.Slot(slots);
        int rows = payloads + (slots * PayloadBytes);
        int size = rows + (readers * RowLayout.Size);
        _bytes = (byte*)Marshal.AllocHGlobal(size);
        new Span<byte>(_bytes, size).Clear();
        _memory = new WeakMemory(schedule, choices, readers + 1);
        WeakMemory.Current = _memory;
        _memory.Watch(_bytes + ControlLayout.Newest, "newest");
        _memory.Watch(_bytes + ControlLayout.Gate, "gate");
        for (int slot = 0; slot < slots; slot++)
        {
            _memory.Watch(SlotDescriptor.SequenceOf(_bytes, slot), $"sequence {slot}");
            _memory.Watch(_bytes + ControlLayout.Slot(slot) + SlotLayout.FrameNumber, $"# frame number {slot}");
            for (int word = 0; word < 2; word++)
                _memory.Watch(Payload(slot) + (word * sizeof(ulong)), $"# payload {slot} word {word}");
        }

        Rows = new SteppedReaderRow[readers];
        for (int reader = 0; reader < readers; reader++)
        {
            Rows[reader] = new SteppedReaderRow(reader + 1, _bytes + rows + (reader * RowLayout.Size));
            _memory.Watch(Rows[reader].Line + RowLayout.Lease, $". lease {reader}");
            _memory.Watch(Rows[reader].Line + RowLayout.Sleeping, $". sleeping {reader}");
        }

        _rows = new SteppedPublisherRows(schedule, Rows);
        _publisher = new SlotPublisher<WeakStepMemory>(_bytes, slots, _rows, 0);
        Publish();
        Publish();
        FirstNewest = *(uint*)(_bytes + ControlLayout.Newest);
        _memory.Begin();
    }

    public SteppedReaderRow[] Rows { get; }

    public SlotReader<WeakStepMemory> Reader => new(_bytes, _slots);

    /// <summary>What newest is when the schedule begins.</summary>
    public uint FirstNewest { get; }

    /// <summary>The next frame: its payload is its number, twice.</summary>
    public void Publish()
    {
        int slot = _publisher.Take();
        Assert.InRange(slot, 0, _slots - 1);
        _publisher.Mark(slot);
        WeakStepMemory memory = default;
        _number++;
        memory.Write((ulong*)Payload(slot), (ulong)_number);
        memory.Write((ulong*)(Payload(slot) + sizeof(ulong)), (ulong)_number);
        _publisher.Finish(slot, new SlotDescriptor { FrameNumber = (ulong)_number, Generation = 1 });
        _publisher.MakeNewest(slot, now: 0);
    }

    /// <summary>Copies the newest frame, as FrameReader does; 0 if that failed.</summary>
    public ulong CopyNewest()
    {
        uint newest = Reader.Newest;
        int slot = (int)(newest & 0xFF) - 1;
        return Reader.TryReadDescriptor(slot, newest, out SlotDescriptor descriptor) ? Copy(slot, descriptor) : 0;
    }

    /// <summary>Copies the oldest frame after a given one; 0 if that failed or there is none.</summary>
    public ulong CopyAfter(ulong after)
    {
        int slot = Reader.SlotAfter((long)after);
        return slot >= 0 && Reader.TryReadDescriptor(slot, 0, out SlotDescriptor descriptor) ? Copy(slot, descriptor) : 0;
    }

    /// <summary>Leases the newest frame, reads it at leisure and gives it back; 0 if it could not be leased.</summary>
    public ulong LeaseNewest(int reader)
    {
        uint newest = Reader.Newest;
        int slot = (int)(newest & 0xFF) - 1;
        if (!Reader.TryAnnounce(Rows[reader], slot, newest, out SlotDescriptor descriptor, out _))
            return 0;
        ulong* words = stackalloc ulong[2];
        WeakStepMemory memory = default;
        memory.CopyOut(Payload(slot), (byte*)words, PayloadBytes);
        CheckWhole(descriptor, words);
        _schedule.Step("looks at its lease");
        memory.CopyOut(Payload(slot), (byte*)words, PayloadBytes);
        CheckWhole(descriptor, words);
        Assert.True(Reader.IsUnchanged(slot, descriptor.Sequence), "A leased frame was overwritten.");
        SlotReader<WeakStepMemory>.GiveBack(Rows[reader]);
        return descriptor.FrameNumber;
    }

    /// <summary>Sleeps until there is a newer frame than the newest; the sleep ends by being woken only.</summary>
    public void AwaitNext(int reader, uint seen)
    {
        while (Reader.Newest == seen)
        {
            if (Reader.MaySleep(Rows[reader], seen))
                _rows.Sleep(reader);
            SlotReader<WeakStepMemory>.StandUp(Rows[reader]);
        }
    }

    public void Enter() => WeakMemory.Current = _memory;

    public void Dispose() => Marshal.FreeHGlobal((IntPtr)_bytes);

    private byte* Payload(int slot) => _bytes + ControlLayout.Slot(_slots) + (slot * PayloadBytes);

    private ulong Copy(int slot, in SlotDescriptor descriptor)
    {
        ulong* words = stackalloc ulong[2];
        if (!Reader.TryCopy(slot, descriptor.Sequence, Payload(slot), (byte*)words, PayloadBytes))
            return 0;
        CheckWhole(descriptor, words);
        return descriptor.FrameNumber;
    }

    private static void CheckWhole(in SlotDescriptor descriptor, ulong* words)
    {
        Assert.True(
            words[0] == descriptor.FrameNumber && words[1] == descriptor.FrameNumber,
            $"Frame {descriptor.FrameNumber} is torn: {words[0]}, {words[1]}.");
    }
}
