using System;
using System.Diagnostics;
using System.IO;
using WinMmf.Platform;
using WinMmf.Processes;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed class ProcessProbeTests
{
    private static readonly IProcessProbe Processes = Given.Platform.Processes;

    [Fact]
    public void This_process_knows_itself()
    {
        ProcessIdentity self = Processes.Current;
        Assert.Equal((uint)Environment.ProcessId, self.ProcessId);
        Assert.NotEqual(0ul, self.StartTime);
        Assert.Equal(self, Processes.Current);
        Assert.Equal(ProcessLiveness.Alive, Processes.Probe(self));
        Assert.False(string.IsNullOrEmpty(Processes.FindProgramName(self)));
        Assert.False(string.IsNullOrEmpty(Processes.CurrentAccount));
    }

    [Fact]
    public void Another_process_is_alive_until_it_is_killed()
    {
        using Peer peer = Peer.Start();
        ProcessIdentity identity = peer.GetIdentity();
        Assert.Equal((uint)peer.ProcessId, identity.ProcessId);
        Assert.Equal(Processes.Current.Host, identity.Host);
        Assert.Equal(ProcessLiveness.Alive, Processes.Probe(identity));
        Assert.Contains("WinMmf.TestPeer", Processes.FindProgramName(identity), StringComparison.OrdinalIgnoreCase);

        // Its Process object keeps a handle, with which a dead process can still be opened on Windows.
        peer.Kill();
        Assert.True(Given.Soon(() => Processes.Probe(identity) == ProcessLiveness.Dead));
        Assert.Null(Processes.FindProgramName(identity));
    }

    [Fact]
    public void Only_the_very_process_of_the_right_account_is_ended()
    {
        using Peer peer = Peer.Start();
        ProcessIdentity identity = peer.GetIdentity();
        using SharedSection section = Given.Create(Given.NewName());

        // Its number with another start is a later or an earlier process's.
        ProcessIdentity other = new(identity.ProcessId, identity.StartTime + 1, identity.Host);
        Assert.Equal(ProcessEnd.Gone, Processes.End(other, section.Owner));
        Assert.Equal(ProcessEnd.OtherAccount, Processes.End(identity, ""));
        Assert.Equal(ProcessEnd.OtherAccount, Processes.End(identity, OperatingSystem.IsWindows() ? "S-1-5-7" : "4294967294"));
        Assert.Equal(ProcessEnd.Unseen,
            Processes.End(new ProcessIdentity(identity.ProcessId, identity.StartTime, identity.Host + 1), section.Owner));
        Assert.Equal(ProcessLiveness.Alive, Processes.Probe(identity));
        peer.Must("identity");

        Assert.Equal(ProcessEnd.Told, Processes.End(identity, section.Owner));
        Assert.True(Given.Soon(() => Processes.Probe(identity) == ProcessLiveness.Dead));
        Assert.Equal(ProcessEnd.Gone, Processes.End(identity, section.Owner));
    }

    [Fact]
    public void A_reused_pid_is_another_process()
    {
        ProcessIdentity self = Processes.Current;
        ProcessIdentity before = new(self.ProcessId, self.StartTime - 1, self.Host);
        Assert.Equal(ProcessLiveness.Dead, Processes.Probe(before));
        Assert.Null(Processes.FindProgramName(before));
    }

    [Fact]
    public void A_pid_that_nobody_has_is_dead()
    {
        // Neither system gives out such a number.
        ProcessIdentity nobody = new(0x7FFF_FFFD, 1, Processes.Current.Host);
        Assert.Equal(ProcessLiveness.Dead, Processes.Probe(nobody));
    }

    [Fact]
    public void Another_host_is_unknown()
    {
        ProcessIdentity self = Processes.Current;
        ProcessIdentity elsewhere = new(self.ProcessId, self.StartTime, self.Host + 1);
        Assert.Equal(ProcessLiveness.Unknown, Processes.Probe(elsewhere));
        Assert.Null(Processes.FindProgramName(elsewhere));
    }
}
