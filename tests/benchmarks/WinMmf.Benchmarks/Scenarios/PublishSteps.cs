using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>Where the time of publishing goes.</summary>
internal sealed class PublishSteps : IScenario
{
    public string Name => "steps";

    public void Run(Effort effort, Results results)
    {
        List<string[]> rows = new();
        foreach ((int size, string name) in new[] { (FrameSizes.Small, "64 KiB"), (FrameSizes.FullHd, "1080p") })
        {
            double[][] runs = Enumerable.Range(0, effort.Rounds(5)).Select(_ => Once(size)).ToArray();
            rows.Add(
                [name, .. Enumerable.Range(0, 4).Select(i => Format.Number(Statistics.Median(runs.Select(run => run[i])) / 1000) + " µs")]);
        }

        results.AddTable(new Table("Where the time of publishing goes (medians; no reader)",
            ["frame", "take a slot", "copy the pixels", "publish and wake", "reading the clock, part of each"], rows));
    }

    private static double[] Once(int size)
    {
        using ChildProcess child = new(0, "publish-steps", size.ToString(CultureInfo.InvariantCulture));
        return child.Hear().Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
    }
}
