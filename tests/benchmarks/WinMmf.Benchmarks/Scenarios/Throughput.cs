using System.Collections.Generic;
using System.Linq;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>64 KiB frames, publisher and one reader as fast as they can: what arrives, and what was published.</summary>
internal sealed class Throughput : IScenario
{
    private const string Limit = "the limit: raw writes and reads, no protocol";

    private static readonly (TransportKind Kind, bool Spin, string Name)[] Sides =
    [
        (TransportKind.Copy, true, "WinMmf, copy, spinning"),
        (TransportKind.Lease, true, "WinMmf, lease, spinning"),
        (TransportKind.Lease, false, "WinMmf, lease, sleeping"),
        (TransportKind.MutexEvent, false, "mapping + mutex + event"),
        (TransportKind.Winmmf, true, "mapping + winmmf's lock, polling"),
        (TransportKind.NamedPipe, false, "named pipe"),
        (TransportKind.Tcp, false, "TCP loopback"),
    ];

    public string Name => "throughput";

    public void Run(Effort effort, Results results)
    {
        List<Contender> contenders = new();
        try
        {
            Interleaved blocks = new();
            foreach ((TransportKind kind, bool spin, string name) in Sides)
            {
                Contender contender = new(kind, FrameSizes.Small, 1);
                contenders.Add(contender);
                Block block = new() { Kind = BlockKind.Saturated, Milliseconds = 40, Spin = spin, Touch = true };
                blocks.Add(name, () => contender.Run(block));
            }

            Block raw = new() { Kind = BlockKind.RawSlots, Milliseconds = 40, Touch = true };
            contenders[0].LearnSlots();
            blocks.Add(Limit, () => contenders[0].Run(raw));
            blocks.Run(effort.WarmUp, effort.Rounds(120));
            string ours = Sides[0].Name;
            foreach ((string peer, double limit) in new[] { ("mapping + mutex + event", 5.0), ("named pipe", 10.0) })
            {
                double ofPeer = blocks.Figure(Limit, static o => o.PublishedPerSecond).Median
                    / blocks.Figure(peer, static o => o.DeliveredPerSecond).Median;
                results.AddTarget(new Target
                {
                    What = $"64 KiB frames delivered per second, saturated ÷ {peer}",
                    Limit = limit,
                    IsFloor = true,
                    Measured = blocks.Ratio(ours, peer, static o => o.DeliveredPerSecond),
                    Detail = $"{Format.Rate(blocks.Figure(ours, static o => o.DeliveredPerSecond))} against "
                        + $"{Format.Rate(blocks.Figure(peer, static o => o.DeliveredPerSecond))}; bare copies into the slots: "
                        + $"{Format.Rate(blocks.Figure(Limit, static o => o.PublishedPerSecond))} (÷ {peer}: "
                        + $"{ofPeer:F1})",
                });
            }

            results.AddTable(new Table("64 KiB frames, saturated, one reader that looks at each cache line",
                ["", "delivered /s", "published /s", "÷ first"], Sides.Select(static side => side.Name).Append(Limit).Select(side => new[]
            {
                side,
                Format.Rate(blocks.Figure(side, static o => o.ReadPerSecond)),
                Format.Rate(blocks.Figure(side, static o => o.PublishedPerSecond)),
                blocks.Ratio(side, ours, static o => o.ReadPerSecond).ToString(),
            })));
            Allocation.Add(results, blocks, Sides[1].Name, "publish and lease");
            Allocation.Add(results, blocks, Sides[0].Name, "publish and copy-read");
        }
        finally
        {
            contenders.ForEach(static contender => contender.Dispose());
        }
    }
}
