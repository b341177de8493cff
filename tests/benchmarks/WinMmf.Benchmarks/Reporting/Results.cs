using System.Collections.Generic;

namespace WinMmf.Benchmarks.Reporting;

/// <summary>What all scenarios found.</summary>
internal sealed class Results
{
    private readonly List<Target> _targets = new();
    private readonly List<Table> _tables = new();
    private readonly List<(string File, LineChart Chart)> _charts = new();
    private readonly List<string> _skipped = new();

    public IReadOnlyList<Target> Targets => _targets;

    public IReadOnlyList<Table> Tables => _tables;

    public IReadOnlyList<(string File, LineChart Chart)> Charts => _charts;

    /// <summary>What could not be measured, and why.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    public void AddTarget(Target target)
    {
        _targets.Add(target);
        Console(target);
    }

    public void AddTable(Table table) => _tables.Add(table);

    public void AddChart(string file, LineChart chart) => _charts.Add((file, chart));

    public void Skip(string reason)
    {
        _skipped.Add(reason);
        System.Console.WriteLine("skipped: " + reason);
    }

    private static void Console(Target target) =>
        System.Console.WriteLine(
            $"{(target.IsMet ? "met   " : "missed")} {target.What}: {target.Measured}, limit {Format.Limit(target)}; {target.Detail}");
}
