using System;
using System.Diagnostics;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>A process that may open too few files says so in one line, before the runtime fails to load an assembly.</summary>
public sealed class DescriptorLimitTests
{
    [SkippableTheory]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(255)]
    public void Too_few_open_files_are_one_clear_line(int limit)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such limit.");
        (int code, string errors) = Run(limit, "publish", "--name", PublisherProcess.NewName(), "--frames", "1");
        Assert.Equal(1, code);
        Assert.Matches($@"^error SystemError: [^\n]*\b{limit} files[^\n]*ulimit -n[^\n]*\n$", errors);
    }

    [SkippableFact]
    public void Commands_that_serve_no_others_need_fewer()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such limit.");
        Assert.Equal((0, ""), Run(100, "list"));
        Assert.Contains("may have 99 files", Run(99, "list").Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_least_limit_that_is_accepted_suffices()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such limit.");
        (int code, string errors) = Run(
            256, "publish", "--name", PublisherProcess.NewName(), "--width", "64", "--height", "48", "--frames", "2");
        Assert.Equal((0, ""), (code, errors));
    }

    private static (int Code, string Errors) Run(int limit, params string[] arguments)
    {
        ProcessStartInfo start = new("/bin/sh")
        {
            ArgumentList = { "-c", $"ulimit -n {limit} && exec \"$0\" \"$@\"", PublisherProcess.FileName },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        string errors = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), "the process does not end");
        return (process.ExitCode, errors);
    }
}
