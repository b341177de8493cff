using System;
using System.Diagnostics;
using System.IO;

namespace WinMmf.Benchmarks.Running;

/// <summary>One process of a contender, pinned to a processor.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(int processor, params string[] arguments)
    {
        ProcessStartInfo start = new() { RedirectStandardInput = true, RedirectStandardOutput = true };

        // Pinned before it starts: a later setting affects only threads that are created later.
        if (Machine.CanPin)
        {
            start.FileName = "taskset";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add((processor % Environment.ProcessorCount).ToString(System.Globalization.CultureInfo.InvariantCulture));
            start.ArgumentList.Add(Environment.ProcessPath!);
        }
        else
        {
            start.FileName = Environment.ProcessPath!;
        }

        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        // Fully optimised code from the first block on, so that no block pays for the compiler.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        _process = Process.Start(start)!;
    }

    public int Id => _process.Id;

    public void Say(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public string Hear() =>
        _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("A process of the benchmark ended early; its message stands above.");

    public void Expect(string word)
    {
        string line = Hear();
        if (line != word)
            throw new InvalidOperationException($"A process of the benchmark said '{line}' instead of '{word}'.");
    }

    /// <summary>SIGSTOP or SIGCONT.</summary>
    public void Signal(string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(3000))
            _process.Kill();
        _process.Dispose();
    }
}
