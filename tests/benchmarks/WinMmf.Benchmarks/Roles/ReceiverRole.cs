using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;
using WinMmf.Frames;
using WinMmf.Time;

namespace WinMmf.Benchmarks.Roles;

/// <summary>The process of a reader: one line in, one block, one line out.</summary>
internal sealed unsafe class ReceiverRole
{
    private readonly IFrameReceiver _receiver;
    private readonly string _name;
    private readonly int _frameLength;
    private readonly Samples _sent = new();
    private readonly Samples _published = new();
    private readonly List<nint> _slots = new();
    private FrameReader? _slotHolder;
    private FrameMemory? _rawCopy;
    private long _touched;

    private ReceiverRole(IFrameReceiver receiver, string name, int frameLength)
    {
        _receiver = receiver;
        _name = name;
        _frameLength = frameLength;
    }

    public static int Run(TransportKind kind, string name, int frameLength, int reader)
    {
        using IFrameReceiver receiver = TransportFactory.CreateReceiver(kind, name, frameLength, reader);
        Console.Out.WriteLine("ready");
        ReceiverRole role = new(receiver, name, frameLength);
        role.ObeyOrders();

        // Keeps the touching from being optimised away.
        return role._touched == long.MinValue ? 1 : 0;
    }

    private void ObeyOrders()
    {
        while (Console.In.ReadLine() is string line)
        {
            if (line == "learn")
            {
                LearnSlots();
                continue;
            }

            Block block = BlockJson.ReadBlock(line);
            _sent.Clear();
            _published.Clear();
            Console.Out.WriteLine("waiting");
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            long begin = MonotonicClock.Now;
            long frames = block.Kind == BlockKind.RawSlots
                ? TakeRaw(begin + ((block.Milliseconds + 10) * 1_000_000L), block.Touch)
                : Take(block, out _torn);
            long duration = MonotonicClock.Now - begin;
            long used = (Environment.CpuUsage.TotalTime - processor).Ticks * 100;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Console.Out.WriteLine(BlockJson.Write(new ReceiverResult
            {
                Frames = frames,
                Torn = _torn,
                SentP50 = _sent.Percentile(0.5),
                SentP99 = _sent.Percentile(0.99),
                PublishedP50 = _published.Percentile(0.5),
                Allocated = allocated,
                ProcessorTime = used,
                Duration = duration,
            }));
        }

        _slotHolder?.Dispose();
    }

    private long _torn;

    private long Take(Block block, out long torn)
    {
        long frames = 0;
        torn = 0;
        while (true)
        {
            byte* frame = _receiver.WaitNext(block.Spin);
            long now = MonotonicClock.Now;
            long sentAt = FrameHeader.SentAt(frame);
            long publishedAt = _receiver.PublishedAt;
            bool isTorn = FrameHeader.IsTorn(frame, _frameLength);
            if (block.Touch)
                Touch(frame);
            if (!_receiver.Release() || isTorn)
                torn++;
            if (sentAt == FrameHeader.EndOfBlock)
                return frames;
            frames++;
            _sent.Add(now - sentAt);
            if (publishedAt != 0)
                _published.Add(now - publishedAt);
        }
    }

    private void Touch(byte* frame)
    {
        long sum = 0;
        for (int i = 0; i < _frameLength; i += 64)
            sum += frame[i];
        _touched += sum;
    }

    /// <summary>
    /// The limit: looks at the channel's slots or copies out of them, one after the other, without asking whether they are whole.
    /// </summary>
    private long TakeRaw(long until, bool inPlace)
    {
        _rawCopy ??= new FrameMemory(_frameLength);
        long frames = 0;
        while (MonotonicClock.Now < until)
        {
            byte* slot = (byte*)_slots[(int)(frames % _slots.Count)];
            if (inPlace)
                Touch(slot);
            else
                Buffer.MemoryCopy(slot, _rawCopy.Address, _frameLength, _frameLength);
            frames++;
        }

        return frames;
    }

    /// <summary>Takes leases while the publisher publishes until each slot's address is known; this reader keeps the mapping.</summary>
    private void LearnSlots()
    {
        _slotHolder ??= FrameReader.Open(_name);
        int slots = _slotHolder.Inspect().Slots;
        while (_slots.Count < slots)
        {
            if (_slotHolder.TryLeaseNewest(out FrameLease lease))
            {
                if (!_slots.Contains(lease.Address))
                    _slots.Add(lease.Address);
                lease.End();
            }

            Thread.Yield();
        }

        Console.Out.WriteLine("learnt");
    }
}
