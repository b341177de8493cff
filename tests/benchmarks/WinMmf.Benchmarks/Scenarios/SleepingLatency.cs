using System.Collections.Generic;
using System.Linq;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>A sleeping reader: from the beginning of publishing a 64 KiB frame to the frame in hand, a frame a millisecond.</summary>
internal sealed class SleepingLatency : IScenario
{
    private static readonly (TransportKind Kind, string Name)[] Sides =
    [
        (TransportKind.Lease, "WinMmf, lease"),
        (TransportKind.Copy, "WinMmf, copy"),
        (TransportKind.MutexEvent, "mapping + mutex + event"),
        (TransportKind.Winmmf, "mapping + winmmf's lock, asking every millisecond"),
        (TransportKind.NamedPipe, "named pipe"),
        (TransportKind.Tcp, "TCP loopback"),
    ];

    public string Name => "sleeping";

    public void Run(Effort effort, Results results)
    {
        List<Contender> contenders = new();
        try
        {
            Interleaved blocks = new();
            Block block = new() { Kind = BlockKind.Paced, Frames = 40, PeriodMicroseconds = 1000 };
            foreach ((TransportKind kind, string name) in Sides)
            {
                Contender contender = new(kind, FrameSizes.Small, 1);
                contenders.Add(contender);
                blocks.Add(name, () => contender.Run(block));
            }

            blocks.Run(effort.WarmUp, effort.Rounds(150));
            string ours = Sides[0].Name;
            foreach ((string peer, double limit) in new[] { ("named pipe", 0.65), ("mapping + mutex + event", 1.0) })
            {
                results.AddTarget(new Target
                {
                    What = $"sleeping reader, publish to frame in hand, 64 KiB ÷ {peer}",
                    Limit = limit,
                    Measured = blocks.Ratio(ours, peer, static o => o.SentToInHand),
                    Detail = $"{Format.Micro(blocks.Figure(ours, static o => o.SentToInHand))} against "
                        + $"{Format.Micro(blocks.Figure(peer, static o => o.SentToInHand))}",
                });
            }

            results.AddTable(new Table("64 KiB frames, one a millisecond, one sleeping reader: publish to frame in hand",
                ["", "median", "p99", "÷ first", "the publisher's share", "published to in hand"], Sides.Select(side => new[]
            {
                side.Name,
                Format.Micro(blocks.Figure(side.Name, static o => o.SentToInHand)),
                Format.Micro(blocks.Figure(side.Name, static o => o.Received[0].SentP99)),
                blocks.Ratio(side.Name, ours, static o => o.SentToInHand).ToString(),
                Format.Micro(blocks.Figure(side.Name, static o => o.Sent.P50)),
                blocks.Figure(side.Name, static o => o.PublishedToInHand) is { Median: > 0 } known ? Format.Micro(known) : "",
            })));
        }
        finally
        {
            contenders.ForEach(static contender => contender.Dispose());
        }
    }
}
