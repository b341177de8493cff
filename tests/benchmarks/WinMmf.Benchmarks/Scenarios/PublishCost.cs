using System.Linq;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>
/// Publishing a 1080p frame against the bare copy into the same slots, alone and with four readers that copy all the time.
/// </summary>
internal sealed class PublishCost : IScenario
{
    private const string Publish = "publish";
    private const string Raw = "raw";

    public string Name => "publish-cost";

    public void Run(Effort effort, Results results)
    {
        Block publish = new() { Kind = BlockKind.Saturated, Milliseconds = 40 };
        Block raw = new() { Kind = BlockKind.RawSlots, Milliseconds = 40 };
        foreach (int readers in new[] { 0, 4 })
        {
            using Contender contender = new(TransportKind.Copy, FrameSizes.FullHd, readers);
            contender.LearnSlots();
            Interleaved blocks = new();
            blocks.Add(Publish, () => contender.Run(publish));
            blocks.Add(Raw, () => contender.Run(raw));
            blocks.Run(effort.WarmUp, effort.Rounds(200));
            results.AddTarget(new Target
            {
                What = readers == 0 ? "publish 1080p ÷ raw copy over the same slots, no reader" : $"the same with {readers} copying "
                    + $"readers ÷ raw copy with {readers} raw readers",
                Limit = 1.05,
                Measured = blocks.Ratio(Publish, Raw, static o => o.Sent.Mean),
                Detail = $"{Format.Micro(blocks.Figure(Publish, static o => o.Sent.Mean))} against "
                    + $"{Format.Micro(blocks.Figure(Raw, static o => o.Sent.Mean))}"
                    + (readers == 0 ? "" : $"; readers copied {Format.Rate(blocks.Figure(Publish, static o => o.ReadPerSecond))} and "
                        + $"{Format.Rate(blocks.Figure(Raw, static o => o.ReadPerSecond))}"),
            });
        }
    }
}
