using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>A spinning reader: from the frame made readable to the frame in hand, by lease and by copy.</summary>
internal sealed class SpinningLatency : IScenario
{
    private const string Lease = "lease 1080p";
    private const string Copy = "copy 1080p";
    private const string SmallLease = "lease 64 KiB";

    public string Name => "spinning";

    public void Run(Effort effort, Results results)
    {
        using Contender lease = new(TransportKind.Lease, FrameSizes.FullHd, 1);
        using Contender copy = new(TransportKind.Copy, FrameSizes.FullHd, 1);
        using Contender small = new(TransportKind.Lease, FrameSizes.Small, 1);
        Block block = new() { Kind = BlockKind.Paced, Frames = 15, PeriodMicroseconds = 4000, Spin = true };
        Interleaved blocks = new();
        blocks.Add(Lease, () => lease.Run(block));
        blocks.Add(Copy, () => copy.Run(block));
        blocks.Add(SmallLease, () => small.Run(block));
        blocks.Run(effort.WarmUp, effort.Rounds(120));
        results.AddTarget(new Target
        {
            What = "spinning reader by lease, publish to readable view, 1080p ÷ the copy path",
            Limit = 0.05,
            Measured = blocks.Ratio(Lease, Copy, static o => o.PublishedToInHand),
            Detail = $"{Format.Micro(blocks.Figure(Lease, static o => o.PublishedToInHand))} against "
                + $"{Format.Micro(blocks.Figure(Copy, static o => o.PublishedToInHand))}",
        });
        results.AddTarget(new Target
        {
            What = "spinning reader by lease, 1080p ÷ 64 KiB frame",
            Limit = 1.2,
            Measured = blocks.Ratio(Lease, SmallLease, static o => o.PublishedToInHand),
            Detail = $"{Format.Micro(blocks.Figure(Lease, static o => o.PublishedToInHand))} against "
                + $"{Format.Micro(blocks.Figure(SmallLease, static o => o.PublishedToInHand))}",
        });
    }
}
