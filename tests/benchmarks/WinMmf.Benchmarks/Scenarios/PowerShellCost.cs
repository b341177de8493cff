using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using WinMmf.Benchmarks.Reporting;
using WinMmf.Benchmarks.Running;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>What the cmdlets add to the core.</summary>
internal sealed class PowerShellCost : IScenario
{
    private const string Module = "artifacts/module/WinMmf/WinMmf.psd1";
    private const string Scripts = "tests/benchmarks/powershell";

    public string Name => "powershell";

    public void Run(Effort effort, Results results)
    {
        if (Shell(["-Command", "'here'"]) != "here")
        {
            results.Skip("the cmdlets' share: there is no pwsh on the PATH");
            return;
        }

        Import(effort, results);
        Frames(effort, results);
    }

    private static void Import(Effort effort, Results results)
    {
        string empty = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}", "EmptyModule.psm1");
        Directory.CreateDirectory(Path.GetDirectoryName(empty)!);
        File.WriteAllText(empty, "");
        try
        {
            List<double> differences = new();
            for (int round = -1; round < effort.Rounds(15); round++)
            {
                double ours = ImportOnce(Module), theirs = ImportOnce(empty);
                if (round >= 0)
                    differences.Add(ours - theirs);
            }

            results.AddTarget(new Target
            {
                What = "Import-Module WinMmf, ms more than an empty module",
                Limit = 50,
                Measured = Statistics.MedianWithInterval(differences),
                Detail = "in new processes, in turns",
            });
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(empty)!, recursive: true);
        }
    }

    private static double ImportOnce(string module) =>
        double.Parse(Shell(["-File", $"{Scripts}/Import.ps1", module]) ?? "NaN", CultureInfo.InvariantCulture);

    private static void Frames(Effort effort, Results results)
    {
        string text = Shell(["-File", $"{Scripts}/Frames.ps1", Module, effort.Rounds(150).ToString(CultureInfo.InvariantCulture)])
            ?? throw new InvalidOperationException("The script that measures the cmdlets failed; its message stands above.");
        using JsonDocument json = JsonDocument.Parse(text);
        double[] Values(string name) =>
            json.RootElement.GetProperty(name).EnumerateArray().Select(static value => value.GetDouble()).ToArray();
        double[] get = Values("GetSharedFrame"), raw = Values("RawCopy");
        results.AddTarget(new Target
        {
            What = "Get-SharedFrame 1080p in a warm prompt, µs more than a raw copy into a new array",
            Limit = 150,
            Measured = Statistics.MedianWithInterval(get.Zip(raw, static (a, b) => a - b)),
            Detail = $"{Format.Number(Statistics.Median(get))} µs against {Format.Number(Statistics.Median(raw))} µs",
        });
        results.AddTable(new Table("The cmdlets, 1080p BGR24, warm prompt", ["", "median"], new[]
        {
            ("`Get-SharedFrame`", "GetSharedFrame"),
            ("raw copy into a new array", "RawCopy"),
            ("raw copy into an array that is there", "RawCopyReused"),
            ("`Use-SharedFrame { }`", "UseSharedFrame"),
            ("`Watch-SharedFrame`, processor time a frame", "WatchSharedFrame"),
            ("completing a channel's name", "Completion"),
        }.Select(row => new[] { row.Item1, Format.Number(Statistics.Median(Values(row.Item2))) + " µs" })));
    }

    private static string? Shell(string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new("pwsh") { RedirectStandardOutput = true };
            foreach (string argument in new[] { "-NoProfile", "-NonInteractive" }.Concat(arguments))
                start.ArgumentList.Add(argument);
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
