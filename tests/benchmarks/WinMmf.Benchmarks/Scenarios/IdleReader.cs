using System.Linq;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>What a reader costs that waits for a channel on which nothing happens.</summary>
internal sealed class IdleReader : IScenario
{
    public string Name => "idle";

    public void Run(Effort effort, Results results)
    {
        using Contender contender = new(TransportKind.Lease, FrameSizes.Small, 1);
        BlockOutcome outcome = contender.Run(new Block { Kind = BlockKind.Idle, Milliseconds = effort.IdleMilliseconds });
        double share = outcome.Received.Sum(static r => r.ProcessorTime * 100.0 / r.Duration);
        results.AddTarget(new Target
        {
            What = "an idle waiting reader, % of a core",
            Limit = 0.5,
            Measured = new Estimate(share, share, share, 1),
            Detail = $"{outcome.Received[0].ProcessorTime / 1e6:F0} ms of processor time in {outcome.Received[0].Duration / 1e9:F0} s, "
                + "the whole process",
        });
    }
}
