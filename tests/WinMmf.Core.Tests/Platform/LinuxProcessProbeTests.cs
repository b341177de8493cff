using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using WinMmf.Platform.Linux;
using WinMmf.Processes;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed class LinuxProcessProbeTests
{
    private static readonly ProcessIdentity Self = Given.Platform.Processes.Current;

    [SkippableFact]
    public void A_corpse_that_nobody_has_buried_is_dead()
    {
        Given.SkipUnlessLinux();
        using Process parent = Process.Start(Command.Of("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"]))!;
        try
        {
            int child = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            ProcessIdentity identity = Identify(child);
            Assert.True(
                Given.Soon(() => File.ReadAllText($"/proc/{LinuxGiven.Text(child)}/stat").Contains(") Z ", StringComparison.Ordinal)));
            Assert.Equal(ProcessLiveness.Dead, Given.Platform.Processes.Probe(identity));
        }
        finally
        {
            parent.Kill();
            parent.WaitForExit();
        }
    }

    [SkippableFact]
    public void A_process_whose_first_thread_has_ended_is_alive()
    {
        Given.SkipUnlessLinux();
        using Peer peer = Peer.Start();
        ProcessIdentity identity = peer.GetIdentity();
        peer.Must("lose-leader");
        Assert.Contains(") Z ", File.ReadAllText($"/proc/{LinuxGiven.Text(peer.ProcessId)}/stat"), StringComparison.Ordinal);
        Assert.Equal(ProcessLiveness.Alive, Given.Platform.Processes.Probe(identity));
        peer.Kill();
        Assert.True(Given.Soon(() => Given.Platform.Processes.Probe(identity) == ProcessLiveness.Dead));
    }

    /// <summary>The name of a process is its own to choose, and its publisher's name reaches an administrator's terminal.</summary>
    [SkippableTheory]
    [InlineData("e\u001b[2Jvil", "e?[2Jvil")]
    [InlineData("a\u202Ego", "a?go")]
    [InlineData("long\u001b]0;owned\u0007 name of a program", "long?]0;owned? name of a program")]
    public void What_a_process_calls_itself_reaches_no_terminal_as_it_is(string name, string shown)
    {
        Given.SkipUnlessLinux();
        string folder = Directory.CreateTempSubdirectory("winmmf-names-").FullName;
        try
        {
            string program = Path.Combine(folder, name);
            File.CreateSymbolicLink(program, "/bin/sh");
            ProcessStartInfo info = Command.Of(program, ["-c", "echo ready; read line"]);
            info.RedirectStandardInput = true;
            using Process process = Process.Start(info)!;
            try
            {
                Assert.Equal("ready", process.StandardOutput.ReadLine());
                Assert.Equal(shown, Given.Platform.Processes.FindProgramName(Identify(process.Id)));
            }
            finally
            {
                process.Kill();
                process.WaitForExit();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public void A_stopped_process_is_alive()
    {
        Given.SkipUnlessLinux();
        using Peer peer = Peer.Start();
        ProcessIdentity identity = peer.GetIdentity();
        Assert.NotNull(LinuxGiven.Run("kill", "-STOP", LinuxGiven.Text(peer.ProcessId)));
        Assert.Equal(ProcessLiveness.Alive, Given.Platform.Processes.Probe(identity));
        peer.Kill();
    }

    [SkippableFact]
    public void A_thread_of_another_process_is_not_the_process_that_had_its_number()
    {
        Given.SkipUnlessLinux();
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            int number = int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture);
            if (number != Environment.ProcessId)
                Assert.Equal(ProcessLiveness.Dead, Given.Platform.Processes.Probe(new ProcessIdentity((uint)number, 1, Self.Host)));
        }
    }

    [SkippableFact]
    public void Another_pid_namespace_is_another_host()
    {
        Given.SkipUnlessRoot();
        Skip.If(LinuxGiven.Run("unshare", "--pid", "--fork", "--mount-proc", "true") is null, "No pid namespaces here.");
        using Peer peer = Peer.Start("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
        ProcessIdentity identity = peer.GetIdentity();
        Assert.NotEqual(Self.Host, identity.Host);
        Assert.Equal(ProcessLiveness.Unknown, Given.Platform.Processes.Probe(identity));
    }

    [SkippableFact]
    public void A_proc_of_another_namespace_is_not_believed()
    {
        Given.SkipUnlessRoot();
        Skip.If(LinuxGiven.Run("unshare", "--pid", "--fork", "true") is null, "No pid namespaces here.");

        // Its number is 1 there, and /proc/1 here is the system's first process.
        using Peer peer = Peer.Start("unshare", "--pid", "--fork", "--kill-child");
        Assert.Equal("1", peer.Must("identity")[1]);
        Assert.Equal("Unknown", peer.Must("probe-self")[1]);
    }

    [SkippableFact]
    public void The_account_is_the_users_name()
    {
        Given.SkipUnlessLinux();
        Assert.Equal(Environment.UserName, Given.Platform.Processes.CurrentAccount);
    }

    [SkippableFact]
    public void The_host_is_hashed_as_the_protocol_says()
    {
        Given.SkipUnlessLinux();
        string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").TrimEnd('\n');
        string link = new FileInfo("/proc/self/ns/pid").LinkTarget!;
        Assert.Equal(LinuxProcessProbe.Hash(boot + "/" + link[5..^1]), Self.Host);

        // FNV-1a's own test values.
        Assert.Equal(0xCBF2_9CE4_8422_2325, LinuxProcessProbe.Hash(""));
        Assert.Equal(0xAF63_DC4C_8601_EC8C, LinuxProcessProbe.Hash("a"));
        Assert.Equal(0x8594_4171_F739_67E8, LinuxProcessProbe.Hash("foobar"));
    }

    [Theory]
    [InlineData("1 (a) S 0 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 4 0 777 0", 'S', 4, 777)]
    [InlineData("1 (a) b) Z 9 (c) R 0 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 18446744073709551615 0\n", 'R', 1, ulong.MaxValue)]
    [InlineData("1 (\n) X 0 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 0 0 5 0", 'X', 0, 5)]
    public void A_status_line_is_parsed_after_its_last_bracket(string text, char state, long threads, ulong startTime)
    {
        Assert.True(LinuxProcessStat.TryParse(text, out LinuxProcessStat stat));
        Assert.Equal((state, threads, startTime), (stat.State, stat.Threads, stat.StartTime));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 a S 0")]
    [InlineData("1 (a) S 0 1")]
    [InlineData("1 (a) S 0 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 x 0 777 0")]
    [InlineData("1 (a) S 0 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 -1 0")]
    public void A_line_that_is_none_is_not_parsed(string text) => Assert.False(LinuxProcessStat.TryParse(text, out _));

    [Theory]
    [InlineData("MemTotal: 9 kB\nMemAvailable:    100 kB\nSwapFree:  28 kB\n", true, 128 * 1024)]
    [InlineData("MemTotal: 9 kB\nSwapFree:  28 kB\n", false, 28 * 1024)]
    [InlineData("", false, 0)]
    public void Free_memory_is_parsed(string text, bool known, long bytes)
    {
        Assert.Equal(known, LinuxMemory.TryParse(text, out ulong free));
        Assert.Equal((ulong)bytes, free);
    }

    private static ProcessIdentity Identify(int processId)
    {
        Assert.True(LinuxProcessStat.TryParse(File.ReadAllText($"/proc/{LinuxGiven.Text(processId)}/stat"), out LinuxProcessStat stat));
        return new ProcessIdentity((uint)processId, stat.StartTime, Self.Host);
    }
}
