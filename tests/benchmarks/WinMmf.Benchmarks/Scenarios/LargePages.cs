using System;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Transports;
using WinMmf.Errors;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>Publishing and copying 1080p frames in large pages and in small ones, where the system gives large pages.</summary>
internal sealed class LargePages : IScenario
{
    private const string Large = "large pages";
    private const string Small = "small pages";

    public string Name => "large-pages";

    public void Run(Effort effort, Results results)
    {
        try
        {
            new ChannelSender($"bench-try-{Environment.ProcessId}", FrameSizes.FullHd, Residency.MemoryResidency.LargePages).Dispose();
        }
        catch (WinMmfException e)
        {
            results.Skip("large pages: " + e.Message);
            return;
        }

        using Contender large = new(TransportKind.CopyLargePages, FrameSizes.FullHd, 1);
        using Contender small = new(TransportKind.Copy, FrameSizes.FullHd, 1);
        Block block = new() { Kind = BlockKind.Saturated, Milliseconds = 40 };
        Interleaved blocks = new();
        blocks.Add(Large, () => large.Run(block));
        blocks.Add(Small, () => small.Run(block));
        blocks.Run(effort.WarmUp, effort.Rounds(150));
        results.AddTable(new Table("1080p, publisher and copying reader as fast as they can, large pages beside small ones",
            ["", "large pages", "small pages", "ratio (95 % interval)"],
        [
            ["publishing a frame", Format.Micro(blocks.Figure(Large, static o => o.Sent.Mean)),
                Format.Micro(blocks.Figure(Small, static o => o.Sent.Mean)), blocks.Ratio(Large, Small, static o => o.Sent.Mean)
                .ToString()],
            ["frames read a second", Format.Rate(blocks.Figure(Large, static o => o.ReadPerSecond)),
                Format.Rate(blocks.Figure(Small, static o => o.ReadPerSecond)), blocks.Ratio(Large, Small, static o => o.ReadPerSecond)
                .ToString()],
        ]));
    }
}
