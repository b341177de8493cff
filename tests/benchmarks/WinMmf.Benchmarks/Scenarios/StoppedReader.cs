using System.Threading;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>
/// What a reader that is stopped in mid-work (SIGSTOP) costs the publisher at its worst: the 99th percentile of publishing a frame.
/// Two channels, the same but for the reader.
/// </summary>
internal sealed class StoppedReader : IScenario
{
    private const string Alone = "no reader";
    private const string Stopped = "stopped reader";

    public string Name => "stopped";

    public void Run(Effort effort, Results results)
    {
        foreach ((TransportKind kind, int length, string what) in new[]
        {
            (TransportKind.Lease, FrameSizes.Small, "64 KiB, stopped while it took and returned leases"),
            (TransportKind.Copy, FrameSizes.FullHd, "1080p, stopped while it waited"),
        })
        {
            using Contender with = new(kind, length, 1);
            using Contender without = new(kind, length, 0);
            Block block = new() { Kind = BlockKind.Paced, Frames = 100, PeriodMicroseconds = length == FrameSizes.Small ? 300 : 3000 };
            if (length == FrameSizes.FullHd)
                block = block with { Frames = 30 };
            Stop(with, inTheMiddle: kind == TransportKind.Lease);
            try
            {
                Interleaved blocks = new();
                blocks.Add(Alone, () => without.Run(block));
                blocks.Add(Stopped, () => with.Run(block, withReaders: false));
                blocks.Run(effort.WarmUp, effort.Rounds(150));
                results.AddTarget(new Target
                {
                    What = $"publisher's p99 with a stopped reader ÷ without ({what})",
                    Limit = 1.2,
                    Measured = blocks.Ratio(Stopped, Alone, static o => o.Sent.P99),
                    Detail = $"{Format.Micro(blocks.Figure(Stopped, static o => o.Sent.P99))} against "
                        + $"{Format.Micro(blocks.Figure(Alone, static o => o.Sent.P99))}",
                });
            }
            finally
            {
                with.Receivers[0].Signal("CONT");
            }
        }
    }

    /// <summary>Stops the reader while frames come, or while it waits for one that does not come yet.</summary>
    private static void Stop(Contender contender, bool inTheMiddle)
    {
        ChildProcess reader = contender.Receivers[0];
        Block block = new() { Kind = BlockKind.Saturated, Milliseconds = 100, Spin = inTheMiddle, Touch = true };
        if (!inTheMiddle)
        {
            reader.Say(BlockJson.Write(block));
            reader.Expect("waiting");
            reader.Signal("STOP");
            return;
        }

        contender.Begin(block);
        Thread.Sleep(30);
        reader.Signal("STOP");
        contender.Sender.Hear();
    }
}
