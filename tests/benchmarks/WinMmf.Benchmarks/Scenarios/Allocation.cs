using System.Linq;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>Managed bytes per frame, from blocks that ran anyway.</summary>
internal static class Allocation
{
    public static void Add(Results results, Interleaved blocks, string side, string what)
    {
        Estimate perFrame = blocks.Figure(side, static o =>
            (o.Sent.Allocated / (double)o.Sent.Frames) + o.Received.Sum(static r => r.Frames == 0 ? 0 : r.Allocated / (double)r.Frames));
        results.AddTarget(new Target
        {
            What = $"bytes allocated per frame, {what}",
            Limit = 0,
            Measured = perFrame,
            Detail = $"{blocks.Outcomes(side).Sum(static o => o.Sent.Frames):N0} frames published, "
                + $"{blocks.Outcomes(side).Sum(static o => o.Received.Sum(static r => r.Frames)):N0} read",
        });
    }
}
