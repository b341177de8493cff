using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;
using WinMmf.Benchmarks.Scenarios;

namespace WinMmf.Benchmarks;

/// <summary>Runs the scenarios one after the other and writes what they found.</summary>
internal static class Driver
{
    private static readonly IScenario[] Scenarios =
    [
        new PublishCost(),
        new Throughput(),
        new SleepingLatency(),
        new SpinningLatency(),
        new StoppedReader(),
        new LargePages(),
        new IdleReader(),
        new PublishSteps(),
        new PowerShellCost(),
        new Growth(),
    ];

    public static int Run(string[] options)
    {
        bool quick = options.Contains("--quick");
        string[]? only = Option(options, "--only")?.Split(',');
        string? output = Option(options, "--output");
        string? unknown = only?.FirstOrDefault(static name => !Scenarios.Any(scenario => scenario.Name == name));
        if (unknown is not null)
        {
            Console.Error.WriteLine(
                $"There is no part '{unknown}'. The parts are {string.Join(", ", Scenarios.Select(static scenario => scenario.Name))}.");
            return 2;
        }

        Stopwatch watch = Stopwatch.StartNew();
        double load = Machine.Load;
        Results results = new();
        foreach (IScenario scenario in Scenarios.Where(scenario => only is null || only.Contains(scenario.Name)))
        {
            Console.WriteLine($"--- {scenario.Name} ({watch.Elapsed.TotalSeconds:F0} s)");
            scenario.Run(new Effort(quick), results);
        }

        // A part of the figures, or quick ones, never replace the page.
        if (output is null && !quick && only is null)
            output = "docs";
        if (output is not null)
            PerformancePage.Write(output, results, load, watch.Elapsed);
        int met = results.Targets.Count(static target => target.IsMet);
        Console.WriteLine($"{met} of {results.Targets.Count} targets met, {results.Skipped.Count} parts skipped, "
            + $"{watch.Elapsed.TotalSeconds:F0} s"
            + (output is null ? "" : $", written to {Path.Combine(output, PerformancePage.FileName)}"));
        return 0;
    }

    private static string? Option(string[] options, string name)
    {
        int index = Array.IndexOf(options, name);
        return index >= 0 && index + 1 < options.Length ? options[index + 1] : null;
    }
}
