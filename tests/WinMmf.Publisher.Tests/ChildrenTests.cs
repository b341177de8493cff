using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>No child outlives its publisher, however that ends (design P1).</summary>
public sealed class ChildrenTests
{
    [Theory]
    [InlineData("live=1 fps=50 frames=1000000 silent=10 deaf=1")]
    [InlineData("live=1 fps=50 frames=1000000 deaf=1")]
    public void A_killed_publisher_leaves_none_not_even_one_that_neither_writes_nor_listens(string words)
    {
        using TemporaryClip clip = new(words);
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", PublisherProcess.NewName(), "--input", clip.Address, "--stall-timeout", "600", "--json");
        publisher.WaitForEvent("ready");

        // Until it is silent, mostly.
        Thread.Sleep(400);
        int child = clip.ProcessId;
        Assert.True(IsAlive(child), "the stand-in does not run");
        List<int> shells = Shells(publisher.Id);
        Assert.Equal(OperatingSystem.IsLinux() ? 1 : 0, shells.Count);
        publisher.KillHard();
        Until.True(() => !IsAlive(child), "the child lives on");
        Until.True(() => !shells.Any(IsAlive), "the shell lives on");
    }

    [SkippableFact]
    public void The_one_that_watches_over_them_ignores_a_terminals_Ctrl_C_and_ends_with_the_publisher()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A job object needs nobody to watch");
        using TemporaryClip clip = new("live=1 fps=50 frames=1000000");
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", PublisherProcess.NewName(), "--input", clip.Address, "--json");
        publisher.WaitForEvent("ready");
        int shell = Assert.Single(Shells(publisher.Id));
        foreach (int signal in new[] { PublisherProcess.Hangup, PublisherProcess.Interrupt, PublisherProcess.Terminate })
            PublisherProcess.Signal(shell, signal);
        Thread.Sleep(100);
        Assert.True(IsAlive(shell));
        publisher.Signal(PublisherProcess.Terminate);
        Assert.Equal(0, publisher.WaitForExit());
        Until.True(() => !IsAlive(shell) && !IsAlive(clip.ProcessId), "something lives on");
    }

    /// <summary>Children of a process that are shells.</summary>
    private static List<int> Shells(int parent)
    {
        List<int> found = [];
        if (!OperatingSystem.IsLinux())
            return found;
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && Stat(id) is string[] stat && stat[1] == parent.ToString(CultureInfo.InvariantCulture)
                && File.ReadAllText($"/proc/{id}/cmdline").StartsWith("/bin/sh\0", StringComparison.Ordinal))
            {
                found.Add(id);
            }
        }

        return found;
    }

    internal static bool IsAlive(int process)
    {
        if (OperatingSystem.IsLinux())
            return Stat(process) is string[] stat && stat[0] != "Z";
        try
        {
            using Process found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>State, parent and so on; null if there is no such process.</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
