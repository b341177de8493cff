using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>How cost grows with the size of frames, the number of readers, and the number of channels.</summary>
internal sealed class Growth : IScenario
{
    private static readonly (TransportKind Kind, string Name)[] Sides =
    [
        (TransportKind.Lease, "WinMmf, lease"),
        (TransportKind.Copy, "WinMmf, copy"),
        (TransportKind.MutexEvent, "mutex + event"),
        (TransportKind.NamedPipe, "named pipe"),
    ];

    public string Name => "growth";

    public void Run(Effort effort, Results results)
    {
        BySize(effort, results);
        ByReaders(effort, results);
        ByChannels(effort, results);
    }

    private static void BySize(Effort effort, Results results)
    {
        int[] sizes = [4096, 16_384, FrameSizes.Small, 262_144, 1 << 20, FrameSizes.FullHd, FrameSizes.UltraHd];
        LineChart chart = new("Publish to frame in hand, one sleeping reader", "bytes a frame", "µs");
        Dictionary<string, List<(double, double)>> lines = Sides.ToDictionary(
            static side => side.Name, static _ => new List<(double, double)>());
        foreach (int size in effort.Some(sizes))
        {
            Block block = new() { Kind = BlockKind.Paced, Frames = 8, PeriodMicroseconds = Math.Max(1000, size / 500) };
            Measure(effort, size, 1, block, 20,
                (name, blocks) => lines[name].Add((size, blocks.Figure(name, static o => o.SentToInHand).Median / 1000)));
        }

        foreach ((string name, List<(double, double)> points) in lines)
            chart.Add(name, points);
        results.AddChart("latency-by-size", chart);
    }

    private static void ByReaders(Effort effort, Results results)
    {
        LineChart chart = new("Publishing a 64 KiB frame, by the number of sleeping readers", "readers", "µs");
        LineChart latency = new("64 KiB, publish to frame in hand, by the number of sleeping readers (median reader)", "readers", "µs");
        Dictionary<string, List<(double, double)>> cost = Sides.ToDictionary(
            static side => side.Name, static _ => new List<(double, double)>());
        Dictionary<string, List<(double, double)>> inHand = Sides.ToDictionary(
            static side => side.Name, static _ => new List<(double, double)>());
        foreach (int readers in effort.Some([1, 2, 4, 8, 16]))
        {
            Block block = new() { Kind = BlockKind.Paced, Frames = 20, PeriodMicroseconds = 2000 };
            Measure(effort, FrameSizes.Small, readers, block, 15, (name, blocks) =>
            {
                cost[name].Add((readers, blocks.Figure(name, static o => o.Sent.P50).Median / 1000));
                inHand[name].Add((readers, blocks.Figure(name, static o => o.SentToInHand).Median / 1000));
            });
        }

        foreach ((string name, List<(double, double)> points) in cost)
            chart.Add(name, points);
        foreach ((string name, List<(double, double)> points) in inHand)
            latency.Add(name, points);
        results.AddChart("publish-by-readers", chart);
        results.AddChart("latency-by-readers", latency);
    }

    /// <summary>
    /// Channels of the same machine share nothing: one more changes what one costs only by the memory and processors it uses.
    /// </summary>
    private static void ByChannels(Effort effort, Results results)
    {
        LineChart chart = new(
            "Publishing a 64 KiB frame while others publish 1,000 a second each to a reader of their own", "channels", "µs");
        List<(double, double)> points = new();
        List<Contender> others = new();
        try
        {
            using Contender measured = new(TransportKind.Lease, FrameSizes.Small, 1);
            Block block = new() { Kind = BlockKind.Paced, Frames = 40, PeriodMicroseconds = 1000 };
            foreach (int channels in effort.Some([1, 2, 4, 8]))
            {
                while (others.Count < channels - 1)
                    others.Add(new Contender(TransportKind.Lease, FrameSizes.Small, 1));
                Interleaved blocks = new();
                blocks.Add("one", () => RunBeside(measured, others, block));
                blocks.Run(effort.WarmUp, effort.Rounds(30));
                points.Add((channels, blocks.Figure("one", static o => o.Sent.P50).Median / 1000));
            }
        }
        finally
        {
            others.ForEach(static other => other.Dispose());
        }

        chart.Add("WinMmf, lease", points);
        results.AddChart("publish-by-channels", chart);
    }

    private static BlockOutcome RunBeside(Contender measured, List<Contender> others, Block block)
    {
        Block longer = block with { Frames = block.Frames + 20 };
        foreach (Contender other in others)
            other.Begin(longer);
        BlockOutcome outcome = measured.Run(block);
        foreach (Contender other in others)
            other.Finish();
        return outcome;
    }

    private static void Measure(Effort effort, int size, int readers, Block block, int rounds, Action<string, Interleaved> take)
    {
        List<Contender> contenders = new();
        try
        {
            Interleaved blocks = new();
            foreach ((TransportKind kind, string name) in Sides)
            {
                Contender contender = new(kind, size, readers);
                contenders.Add(contender);
                blocks.Add(name, () => contender.Run(block));
            }

            blocks.Run(Math.Min(2, effort.WarmUp), effort.Rounds(rounds));
            foreach ((TransportKind _, string name) in Sides)
                take(name, blocks);
        }
        finally
        {
            contenders.ForEach(static contender => contender.Dispose());
        }
    }
}
