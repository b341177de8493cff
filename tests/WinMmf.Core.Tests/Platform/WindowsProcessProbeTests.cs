using System;
using System.Diagnostics;
using WinMmf.Platform.Windows;
using WinMmf.Processes;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed class WindowsProcessProbeTests : WindowsTest
{
    [SkippableFact]
    public void The_process_table_agrees_with_the_process_itself()
    {
        ProcessIdentity current = Platform.Processes.Current;

        Assert.True(WindowsProcessTable.TryFind(current.ProcessId, out ulong start, out string image));
        Assert.Equal(current.StartTime, start);
        Assert.Equal(image, Platform.Processes.FindProgramName(current), ignoreCase: true);
        Assert.Equal(Environment.ProcessId, (int)current.ProcessId);
    }

    [SkippableFact]
    public void The_process_table_knows_nothing_of_a_process_that_is_not_there() =>
        Assert.False(WindowsProcessTable.TryFind(0xFFFF_FFF0, out _, out _));

    [SkippableFact]
    public void A_claim_word_names_a_process_by_half_its_start_time()
    {
        WindowsProcessProbe probe = (WindowsProcessProbe)Platform.Processes;
        ulong claim = probe.Current.Claim;

        Assert.Equal(ProcessLiveness.Alive, probe.ProbeClaim(claim));
        Assert.Equal(ProcessLiveness.Dead, probe.ProbeClaim(claim ^ (1UL << 32)));
        Assert.Equal(ProcessLiveness.Dead, probe.ProbeClaim(claim | 0xFFFF_FFF0));
    }

    [SkippableFact]
    public void A_killed_process_is_dead_although_a_handle_to_it_is_kept()
    {
        using Process child = Process.Start(new ProcessStartInfo("cmd.exe", "/c pause")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false
        })!;
        Assert.True(WindowsProcessTable.TryFind((uint)child.Id, out ulong start, out _));
        ProcessIdentity identity = new((uint)child.Id, start, 0);
        Assert.Equal(ProcessLiveness.Alive, Platform.Processes.Probe(identity));

        child.Kill();
        child.WaitForExit();

        Assert.Equal(ProcessLiveness.Dead, Platform.Processes.Probe(identity));
        Assert.Null(WindowsNothing(identity));
    }

    private string? WindowsNothing(ProcessIdentity identity) =>
        Platform.Processes.FindProgramName(new ProcessIdentity(identity.ProcessId, identity.StartTime + 1, 0));
}
