using System;
using System.Globalization;
using System.Threading;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.Benchmarks.Roles;

/// <summary>A publisher without frames, or a reader that waits for one, and the processor time that its process takes meanwhile.</summary>
internal static class IdleRole
{
    /// <summary>The runtime compiles a method anew at its 30th call; an idle publisher looks at its names every 0.8 s.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(45);

    public static int Publish(string name, int seconds)
    {
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(new SharedName(name, NameScope.Local)));
        FrameFormat format = FrameFormat.Packed(640, 480, PixelFormat.Bgr24);
        if (writer.TryBegin(format, out FrameSlot slot))
            writer.Publish(slot);
        Measure("publisher", TimeSpan.FromSeconds(seconds), Thread.Sleep);
        return 0;
    }

    public static int Read(string name, int seconds)
    {
        using FrameReader reader =
            FrameReader.Open(name, NameScope.Local, new FrameReaderOptions { WaitForChannel = TimeSpan.FromSeconds(30) });
        reader.Wait(0, TimeSpan.FromSeconds(30));
        Measure("reader", TimeSpan.FromSeconds(seconds), time => reader.Wait(long.MaxValue - 1, time));
        return 0;
    }

    private static void Measure(string what, TimeSpan time, Action<TimeSpan> idle)
    {
        idle(WarmUp);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        idle(time);
        TimeSpan used = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"idle {what}: {used.TotalMilliseconds:0.0} ms of processor time in "
                + $"{time.TotalSeconds:0} s, {100 * used / time:0.000} % of a core"));
    }
}
