using System;
using System.Globalization;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;
using WinMmf.Frames;
using WinMmf.Time;

namespace WinMmf.Benchmarks.Roles;

/// <summary>
/// Where the time of publishing goes: each step of many frames timed by itself, in the publisher's own process, without readers.
/// </summary>
internal static unsafe class PublishStepsRole
{
    private const int Warm = 500;
    private const int Frames = 4000;

    public static int Run(int frameLength)
    {
        using ChannelSender sender = new($"bench-steps-{Environment.ProcessId}", frameLength);
        using FrameMemory source = new(frameLength);
        Samples begin = new(), copy = new(), publish = new(), clock = new();
        for (int i = -Warm; i < Frames; i++)
        {
            long t0 = MonotonicClock.Now;
            sender.Writer.TryBegin(sender.Format, out FrameSlot slot);
            long t1 = MonotonicClock.Now;
            Buffer.MemoryCopy(source.Address, (byte*)slot.Address, slot.Length, frameLength);
            long t2 = MonotonicClock.Now;
            sender.Writer.Publish(slot);
            long t3 = MonotonicClock.Now;
            if (i < 0)
                continue;
            begin.Add(t1 - t0);
            copy.Add(t2 - t1);
            publish.Add(t3 - t2);
            clock.Add(MonotonicClock.Now - t3);
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{begin.Percentile(0.5)} {copy.Percentile(0.5)} {publish.Percentile(0.5)} {clock.Percentile(0.5)}"));
        return 0;
    }
}
