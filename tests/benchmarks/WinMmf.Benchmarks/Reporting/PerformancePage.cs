using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using WinMmf.Benchmarks.Running;

namespace WinMmf.Benchmarks.Reporting;

/// <summary>docs/performance.md: the results between the words of a template.</summary>
internal static class PerformancePage
{
    public const string FileName = "performance.md";
    private const string Template = "tests/benchmarks/performance.template.md";
    private const string Pictures = "performance";

    public static void Write(string folder, Results results, double loadBefore, TimeSpan took)
    {
        string pictures = Path.Combine(folder, Pictures);
        Directory.CreateDirectory(pictures);
        foreach ((string file, LineChart chart) in results.Charts)
            File.WriteAllText(Path.Combine(pictures, file + ".svg"), chart.ToSvg());
        string page = File.ReadAllText(Template)
            .Replace("{{machine}}", MachineText(loadBefore, took), StringComparison.Ordinal)
            .Replace("{{targets}}", Targets(results), StringComparison.Ordinal)
            .Replace("{{tables}}", string.Join("\n", results.Tables.Select(TableText)), StringComparison.Ordinal)
            .Replace("{{charts}}", string.Join("\n",
                results.Charts.Select(static entry => $"![{entry.Chart.Title}]({Pictures}/{entry.File}.svg)\n")), StringComparison.Ordinal)
            .Replace("{{skipped}}", results.Skipped.Count == 0
                ? "No part was skipped."
                : string.Join("\n", results.Skipped.Select(static reason => "- " + reason)), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, FileName), page);
    }

    private static string MachineText(double loadBefore, TimeSpan took) => string.Create(CultureInfo.InvariantCulture, $"""
        | | |
        |---|---|
        | date | {DateTime.UtcNow:yyyy-MM-dd} |
        | processor | {Machine.Processor}, {Environment.ProcessorCount} processors{(Machine.IsVirtual ? ", a virtual machine" : "")} |
        | system | {Machine.System} |
        | runtime | {Machine.Runtime} |
        | pinned | {(Machine.CanPin ? "publishers to one processor, readers to another" : "no")} |
        | load before | {loadBefore:F2} |
        | took | {took.TotalMinutes:F1} minutes |
        """);

    private static string Targets(Results results)
    {
        StringBuilder text = new("| what | target | measured (95 % interval) | | behind it |\n|---|---|---|---|---|\n");
        foreach (Target target in results.Targets)
            text.Append(CultureInfo.InvariantCulture,
                $"| {target.What} | {Format.Limit(target)} | {target.Measured} | {(target.IsMet ? "met" : "**missed**")} | "
                    + $"{target.Detail} |\n");
        return text.ToString().TrimEnd();
    }

    private static string TableText(Table table)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"### {table.Title}\n\n| {string.Join(" | ", table.Columns)} "
                + $"|\n|{string.Concat(Enumerable.Repeat("---|", table.Columns.Count))}\n");
        foreach (string[] row in table.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        return text.ToString();
    }
}
