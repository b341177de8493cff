using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Text;

namespace WinMmf.Wine.Runner;

/// <summary>
/// <c>WinMmf.Wine.Runner ASSEMBLY... [--filter TEXT] [--exclude CATEGORY] [--timeout SECONDS] [--record FILE] [--verbose]</c>: runs
/// the tests of assemblies in its folder. The last line is <c>N passed, N failed, N skipped</c>, and it is the proof: a program that
/// crashes under Wine ends with exit code 0.
/// </summary>
internal static class Program
{
    private const int ExitFailed = 1;
    private const int ExitUsage = 2;

    private static int Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        RunOptions options;
        try
        {
            options = RunOptions.Parse(arguments);
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitUsage;
        }

        RunCounts total = new();
        List<string> ran = new();
        using Watchdog watchdog = new(options.Timeout);
        foreach (string name in options.Assemblies)
        {
            try
            {
                AssemblyRun run = new(Assembly.Load(new AssemblyName(name)), options, watchdog);
                RunCounts counts = run.Execute(ran);
                Console.WriteLine($"{name}: {counts}");
                total.Add(counts);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Console.WriteLine($"FAIL {name} could not be run: {exception}");
                total.Failed++;
            }
        }

        if (total.Passed + total.Failed + total.Skipped == 0)
        {
            Console.WriteLine("FAIL no test was found");
            total.Failed++;
        }

        if (options.Record.Length > 0)
            File.WriteAllLines(options.Record, ran);
        Console.WriteLine(total.ToString());
        Console.Out.Flush();
        return total.Failed == 0 ? 0 : ExitFailed;
    }
}
