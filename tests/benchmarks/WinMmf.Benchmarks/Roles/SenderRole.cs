using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;
using WinMmf.Frames;
using WinMmf.Time;

namespace WinMmf.Benchmarks.Roles;

/// <summary>The process of a publisher: one line in, one block, one line out.</summary>
internal sealed unsafe class SenderRole
{
    private const long SpinAhead = 200_000;

    private readonly IFrameSender _sender;
    private readonly FrameMemory _source;
    private readonly Samples _times = new();
    private readonly List<nint> _slots = new();
    private long _number;

    private SenderRole(IFrameSender sender, int frameLength)
    {
        _sender = sender;
        _source = new FrameMemory(frameLength);
    }

    public static int Run(TransportKind kind, string name, int frameLength, int readers)
    {
        using IFrameSender sender = TransportFactory.CreateSender(kind, name, frameLength, readers);
        Console.Out.WriteLine("ready");
        sender.Connect();
        new SenderRole(sender, frameLength).ObeyOrders();
        return 0;
    }

    private void ObeyOrders()
    {
        while (Console.In.ReadLine() is string line)
        {
            Block block = BlockJson.ReadBlock(line);
            _times.Clear();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long begin = MonotonicClock.Now;
            long frames = block.Kind switch
            {
                BlockKind.Saturated => Saturated(begin + (block.Milliseconds * 1_000_000L)),
                BlockKind.Paced => Paced(block.Frames, block.PeriodMicroseconds * 1000L),
                BlockKind.RawSlots => RawSlots(begin + (block.Milliseconds * 1_000_000L)),
                BlockKind.Idle => Idle(block.Milliseconds),
                _ => throw new InvalidOperationException($"Unknown block {block.Kind}."),
            };
            long duration = MonotonicClock.Now - begin;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (block.Kind != BlockKind.RawSlots)
                Send(FrameHeader.EndOfBlock);
            Console.Out.WriteLine(BlockJson.Write(new SenderResult
            {
                Frames = frames,
                Duration = duration,
                Mean = _times.Mean(),
                P50 = _times.Percentile(0.5),
                P99 = _times.Percentile(0.99),
                Allocated = allocated,
            }));
        }
    }

    private long Saturated(long until)
    {
        long frames = 0;
        long now;
        do
        {
            now = MonotonicClock.Now;
            Send(now);
            frames++;
            _times.Add(MonotonicClock.Now - now);
        }
        while (now < until);
        return frames;
    }

    private long Paced(int frames, long period)
    {
        long next = MonotonicClock.Now + period;
        for (int i = 0; i < frames; i++, next += period)
        {
            long left = next - MonotonicClock.Now;
            if (left > SpinAhead + 100_000)
                Thread.Sleep(TimeSpan.FromTicks((left - SpinAhead) / 100));
            while (MonotonicClock.Now < next)
                Thread.SpinWait(1);
            long now = MonotonicClock.Now;
            Send(now);
            _times.Add(MonotonicClock.Now - now);
        }

        // The frame that ends the block must not overtake the last one.
        Thread.Sleep(TimeSpan.FromTicks((period / 100) + 1));
        return frames;
    }

    private long Idle(int milliseconds)
    {
        Thread.Sleep(milliseconds);
        return 0;
    }

    /// <summary>The limit: the same copies into the same slots in the same order, and nothing else.</summary>
    private long RawSlots(long until)
    {
        LearnSlots();
        long frames = 0;
        int slot = 0;
        long now;
        do
        {
            now = MonotonicClock.Now;
            FrameHeader.Write(_source.Address, _source.Length, ++_number, now);
            Buffer.MemoryCopy(_source.Address, (byte*)_slots[slot], _source.Length, _source.Length);
            slot = slot + 1 == _slots.Count ? 0 : slot + 1;
            frames++;
            _times.Add(MonotonicClock.Now - now);
        }
        while (now < until);
        return frames;
    }

    private void LearnSlots()
    {
        ChannelSender channel = (ChannelSender)_sender;
        while (_slots.Count < channel.Writer.Slots)
        {
            channel.Writer.TryBegin(channel.Format, out FrameSlot slot);
            if (!_slots.Contains(slot.Address))
                _slots.Add(slot.Address);
            channel.Writer.Publish(slot);
        }
    }

    private void Send(long sentAt)
    {
        FrameHeader.Write(_source.Address, _source.Length, ++_number, sentAt);
        _sender.Send(_source.Address, _source.Length);
    }
}
