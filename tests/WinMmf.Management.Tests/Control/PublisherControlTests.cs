using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Programs;
using WinMmf.Names;
using WinMmf.Processes;
using Xunit;

namespace WinMmf.Management.Tests.Control;

public sealed class PublisherControlTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    [Fact]
    public void Says_that_a_publisher_has_ended_already()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Stop(new Probe(ProcessLiveness.Dead), 1, force: true));
        Assert.Equal(WinMmfErrorId.PublisherEnded, e.ErrorId);
    }

    [Fact]
    public void Names_the_process_when_the_publisher_cannot_be_asked()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Stop(new Probe(ProcessLiveness.Alive), 4711, force: false));
        Assert.Equal(WinMmfErrorId.PublisherUnreachable, e.ErrorId);
        Assert.Equal((ErrorOperation.Stop, 4711), (e.Facts.Operation, e.Facts.ProcessId));
    }

    [Fact]
    public void Is_content_when_the_publisher_ended_before_it_could_answer() =>
        Assert.False(Stop(new Probe(ProcessLiveness.Alive, ProcessLiveness.Dead), 1, force: false));

    [Fact]
    public void Kills_a_publisher_that_cannot_be_asked()
    {
        using Process victim = Process.Start(HangingPublisher())!;
        try
        {
            bool killed = Stop(
                new Probe(() => victim.HasExited ? ProcessLiveness.Dead : ProcessLiveness.Alive), (uint)victim.Id, force: true);
            Assert.True(killed);
            Assert.True(victim.HasExited);
        }
        finally
        {
            victim.Kill();
        }
    }

    [Fact]
    public void Never_kills_what_it_cannot_see()
    {
        // The test's own process: if it were killed there would be no result.
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => Stop(new Probe(ProcessLiveness.Unknown), (uint)Environment.ProcessId, force: true));
        Assert.Equal(WinMmfErrorId.PublisherUnreachable, e.ErrorId);
    }

    [Theory]
    [InlineData("Dead", true, true)]
    [InlineData("Alive", false, false)]
    [InlineData("Unknown", true, false)]
    [InlineData("Unknown", false, true)]
    public void The_end_of_a_process_that_cannot_be_seen_is_proved_by_its_lock(string liveness, bool holds, bool hasEnded) =>
        Assert.Equal(hasEnded, PublisherControl.HasEndedOrLetGo(new Probe(Enum.Parse<ProcessLiveness>(liveness)), default, () => holds));

    [Fact]
    public void Never_kills_what_does_not_have_the_channels_lock()
    {
        // Again this process: the channel names it, and the kernel does not.
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => Stop(new Probe(ProcessLiveness.Alive), (uint)Environment.ProcessId, force: true, isOwner: false));
        Assert.Equal(WinMmfErrorId.PublisherDenied, e.ErrorId);
        Assert.Contains("lock", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(3)]
    public void Waits_for_the_end_as_long_as_it_is_told_and_no_longer(double seconds)
    {
        // Killed, and never gone: it hangs in the system.
        Probe immortal = new(static () => ProcessLiveness.Alive, ends: false);
        Stopwatch clock = Stopwatch.StartNew();
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => Stop(immortal, 4711, force: true, limit: TimeSpan.FromSeconds(seconds)));
        Assert.Equal((WinMmfErrorId.Timeout, ErrorOperation.Kill, (TimeSpan?)TimeSpan.FromSeconds(seconds)),
            (e.ErrorId, e.Facts.Operation, e.Facts.Waited));

        // Generous: a busy machine, but no other limit of the code.
        Assert.InRange(clock.Elapsed.TotalSeconds, seconds * 0.9, seconds + 4);
    }

    private static ProcessStartInfo HangingPublisher()
    {
        ModuleProgram program = PublisherProgram.Find("", FakePublisher.Program, ManagementServices.Current);
        string[] arguments = [.. program.FirstArguments, "publish", "--name", $"{FakePublisher.Hangs}.{Guid.NewGuid():N}"];
        return new ProcessStartInfo(program.FileName, CommandLine.Join(arguments)) { WorkingDirectory = Path.GetTempPath() };
    }

    private static bool Stop(IProcessProbe probe, uint processId, bool force, bool isOwner = true, TimeSpan? limit = null)
    {
        ControlDescription description =
            new() { Slots = 4, Owner = new ProcessIdentity(processId, 1, 0), Source = "", Endpoint = "", Account = "somebody" };
        ChannelReport channel = new(new SharedName("camera", NameScope.Local), "", ChannelState.Live, description, default, null, null);
        return PublisherControl.Stop(probe, static () => true, _ => isOwner, channel, force, limit ?? Wait, CancellationToken.None);
    }

    private sealed class Probe : IProcessProbe
    {
        private readonly Func<ProcessLiveness> _next;
        private readonly bool _ends = true;

        public Probe(Func<ProcessLiveness> next, bool ends = true)
        {
            _next = next;
            _ends = ends;
        }

        /// <summary>Answers in turn; the last answer stays.</summary>
        public Probe(params ProcessLiveness[] answers)
        {
            int index = 0;
            _next = () => answers[Math.Min(index++, answers.Length - 1)];
        }

        ProcessIdentity IProcessProbe.Current => default;

        string IProcessProbe.CurrentAccount => "";

        ProcessLiveness IProcessProbe.Probe(ProcessIdentity identity) => _next();

        string? IProcessProbe.FindProgramName(ProcessIdentity identity) => null;

        ProcessEnd IProcessProbe.End(ProcessIdentity identity, string ownerId)
        {
            if (_next() == ProcessLiveness.Unknown)
                return ProcessEnd.Unseen;
            if (!_ends)
                return ProcessEnd.Told;
            using Process process = Process.GetProcessById((int)identity.ProcessId);
            process.Kill();
            return ProcessEnd.Told;
        }
    }
}
