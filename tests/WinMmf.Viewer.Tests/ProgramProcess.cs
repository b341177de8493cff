using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>One of the product's programs as a real process.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly BlockingCollection<string> _lines = [];
    private readonly Process _process;
    private readonly Task<string> _errors;

    public ProgramProcess(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        string file = Path.Combine(AppContext.BaseDirectory, program + (OperatingSystem.IsWindows() ? ".exe" : ""));
        ProcessStartInfo start = new(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        Task.Factory.StartNew(Collect, TaskCreationOptions.LongRunning);
        _errors = Task.Factory.StartNew(_process.StandardError.ReadToEnd, TaskCreationOptions.LongRunning);
    }

    public int Id => _process.Id;

    /// <summary>A publisher of the test picture that publishes.</summary>
    public static ProgramProcess Publish(string name, params string[] more)
    {
        ProgramProcess publisher = new(
            "WinMmf.Publisher", ["publish", "--name", name, "--width", "320", "--height", "240", "--fps", "30", "--json", .. more]);
        while (!publisher.ReadLine().StartsWith("{\"event\":\"ready\"", StringComparison.Ordinal))
        {
        }

        return publisher;
    }

    /// <summary>The next line of its output.</summary>
    public string ReadLine()
    {
        bool came = _lines.TryTake(out string? line, Patience);
        Assert.True(came, _lines.IsCompleted ? $"The output has ended. Errors: {_errors.Result}" : "No line comes.");
        return line!;
    }

    /// <summary>Gives it a line of input.</summary>
    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until it has closed its output.</summary>
    public void ExpectEndOfOutput()
    {
        Assert.False(_lines.TryTake(out string? line, Patience), line);
        Assert.True(_lines.IsCompleted, "The output stays open.");
    }

    /// <summary>Ends it without any chance to clean up.</summary>
    public void KillHard()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for its end; gives its exit code and what it wrote on the error stream.</summary>
    public (int Code, string Errors) WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), "the process does not end");
        return (_process.ExitCode, _errors.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Collect()
    {
        while (_process.StandardOutput.ReadLine() is string line)
            _lines.Add(line);
        _lines.CompleteAdding();
    }
}
