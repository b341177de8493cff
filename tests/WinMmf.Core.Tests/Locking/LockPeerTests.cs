using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>Locks between processes, and design L4 case by case.</summary>
public sealed class LockPeerTests : LockTest
{
    [Fact]
    public unsafe void Guarded_increments_of_several_processes_are_all_there()
    {
        const int Times = 1500;
        Peer[] peers = [StartPeer(), StartPeer(), StartPeer()];
        foreach (Peer peer in peers)
            peer.Tell("add", "-", "m", Times);
        ulong* counter = (ulong*)Memory.Data;
        LockOwner owner = new();
        for (int i = 0; i < Times; i++)
        {
            using SharedMemoryLock held = Memory.Lock(LockMode.Write, Soon, owner);
            *counter += 1;
        }

        foreach (Peer peer in peers)
        {
            Assert.Equal("ok", string.Join(' ', peer.Answer()));
            peer.Dispose();
        }

        Assert.Equal((ulong)(Times * (peers.Length + 1)), *counter);
        Assert.Equal(LockVerdict.Free, Inspect().Verdict);
    }

    [Fact]
    public async Task A_writer_gets_in_between_readers()
    {
        bool stop = false;
        Task[] readers = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using NamedMemory mine = OpenAgain();
            LockOwner owner = new();
            while (!System.Threading.Volatile.Read(ref stop))
            {
                using SharedMemoryLock held = mine.Lock(LockMode.Read, Soon, owner);
                System.Threading.Thread.Sleep(1);
            }
        })).ToArray();
        LockOwner writer = new();
        for (int i = 0; i < 20; i++)
            Memory.Lock(LockMode.Write, Soon, writer).Dispose();
        System.Threading.Volatile.Write(ref stop, true);
        await Task.WhenAll(readers).WaitAsync(Soon);
    }

    [SkippableFact]
    public void A_stopped_holder_is_held_and_a_stopped_waiter_blocks_nobody()
    {
        Given.SkipUnlessLinux();
        using Peer holder = StartPeer();
        holder.Must("lock", "l", "m", LockMode.Read, 1000, "");
        using Peer waiter = StartPeer();
        waiter.Tell("lock", "l", "m", LockMode.Write, 60_000, "");
        Assert.True(Given.Soon(() => Inspect().Waiters.Count == 1));
        Signal(holder, "STOP");
        Signal(waiter, "STOP");
        System.Threading.Thread.Sleep(20);
        Assert.Equal(LockVerdict.Waiting, Inspect().Verdict);
        Assert.Equal(WinMmf.Errors.WinMmfErrorId.LockHeld, ErrorOf(() => Recover()));
        Memory.Lock(LockMode.Read, Soon).Dispose();
        Signal(holder, "CONT");
        holder.Must("dispose", "l");
        for (int i = 0; i < 5; i++)
            Memory.Lock(LockMode.Read, Soon).Dispose();
        Signal(waiter, "CONT");
        Assert.Equal("ok", waiter.Answer()[0]);
        Assert.Equal(0xC000_0000u, Word);
    }

    [SkippableFact]
    public void A_corpse_that_nobody_has_buried_has_abandoned_its_lock()
    {
        Given.SkipUnlessLinux();

        // A parent that never waits: its child stays a zombie.
        string peerProgram = Peer.Program;
        using Process parent = Process.Start(
            Command.Of("sh", ["-c", "\"$0\" <\"$1\" >/dev/null & echo $!; exec sleep 300", peerProgram, Script()]))!;
        try
        {
            int child = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.True(Given.Soon(() => Inspect().Owners.Count == 1));
            Assert.Equal(LockVerdict.Held, Inspect().Verdict);
            LinuxGiven.Run("kill", "-KILL", LinuxGiven.Text(child));

            // Its threads end one by one; the zombie stays.
            Assert.True(Given.Soon(() => Inspect().Verdict == LockVerdict.Abandoned));
            Assert.True(
                Given.Soon(() => File.ReadAllText($"/proc/{LinuxGiven.Text(child)}/stat").Contains(") Z ", StringComparison.Ordinal)));
            Assert.True(Recover().HasChanged);
        }
        finally
        {
            parent.Kill();
            parent.WaitForExit();
        }

        // A pipe that never ends, with the commands in front.
        string Script()
        {
            string pipe = Path.Combine(Path.GetTempPath(), "winmmf-" + Guid.NewGuid().ToString("N"));
            LinuxGiven.Run("mkfifo", pipe);
            Task.Run(() =>
            {
                using StreamWriter writer = new(pipe);
                writer.Write($"memory\tm\t{Memory.Name.Name}\t{Memory.Name.Scope}\nlock\tl\tm\tWrite\t1000\t\n");
                writer.Flush();
                File.Delete(pipe);
                System.Threading.Thread.Sleep(300_000);
            });
            return pipe;
        }
    }

    [SkippableFact]
    public void A_process_whose_first_thread_has_ended_still_has_its_lock()
    {
        Given.SkipUnlessLinux();
        using Peer peer = StartPeer();
        peer.Must("lock", "l", "m", LockMode.Write, 1000, "");
        peer.Must("lose-leader");
        Assert.Contains(") Z ", File.ReadAllText($"/proc/{LinuxGiven.Text(peer.ProcessId)}/stat"), StringComparison.Ordinal);
        Assert.Equal(LockVerdict.Held, Inspect().Verdict);
        Assert.Equal(WinMmf.Errors.WinMmfErrorId.LockHeld, ErrorOf(() => Recover()));
        peer.Kill();
        Assert.True(Given.Soon(() => Inspect().Verdict == LockVerdict.Abandoned));
    }

    [SkippableFact]
    public void An_owner_in_another_pid_namespace_is_judged_all_the_same()
    {
        Given.SkipUnlessRoot();
        Skip.If(LinuxGiven.Run("unshare", "--pid", "--fork", "--mount-proc", "true") is null, "No pid namespaces here.");
        using Peer peer = StartPeer("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
        peer.Must("lock", "l", "m", LockMode.Write, 1000, "");
        LockReport report = Inspect();
        Assert.Equal(LockVerdict.Held, report.Verdict);
        Assert.Null(Assert.Single(report.Owners).Program);
        Assert.Equal(WinMmf.Errors.WinMmfErrorId.LockHeld, ErrorOf(() => Recover()));
        peer.Kill();
        Assert.True(Given.Soon(() => Inspect().Verdict == LockVerdict.Abandoned));
        Recover();
        Assert.Equal(0u, Word);
    }

    [SkippableFact]
    public void A_hidden_process_is_alive()
    {
        Given.SkipUnlessRoot();
        Skip.If(
            LinuxGiven.Run("unshare", "--mount", "mount", "-t", "proc", "-o", "hidepid=2", "proc", "/proc") is null, "No hidepid here.");

        // Seen from an account to which /proc hides all others: this process has the lock, the peer looks.
        using SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce);
        using Peer peer = StartPeer("unshare", "--mount", "sh", "-c", "mount -t proc -o hidepid=2 proc /proc && exec \"$0\" \"$@\"");
        string[] seen = peer.Must("verdict", "-", "m");
        Assert.Equal("Held", seen[1]);
        Assert.Equal("error", peer.Ask("recover", Memory.Name.Name, Memory.Name.Scope)[0]);
        Assert.Equal(0xC000_0000u, Word);
    }

    [Fact]
    public void A_number_that_was_given_to_another_process_is_not_its_owner()
    {
        using Peer dead = StartPeer();
        dead.Must("lock", "l", "m", LockMode.Write, 1000, "");
        string[] row = dead.Must("stage", "-", "m", LockMode.Read, LockRowState.Waiting, "none");
        dead.Kill();

        // The dead process's number belongs to a living process now: this one, with another start time.
        LockRow was = Memory.Locks.Table!.ReadRow(1);
        ulong claim = (uint)Environment.ProcessId | (was.Claim & 0xFFFF_FFFF_0000_0000);
        WriteClaim(1, claim);
        Assert.Equal(LockVerdict.Abandoned, Inspect().Verdict);
        Assert.True(Recover().HasChanged);
        Assert.Equal(2, row.Length);
    }

    private unsafe void WriteClaim(int row, ulong claim)
    {
        using WinMmf.Platform.SharedSection section = Given.Platform.Memories.TryOpenCompanion(Memory.Name, writable: true)!;
        *(ulong*)(section.Address + HoldersLayout.Row(row) + LockRowLayout.Claim) = claim;
    }

    private static void Signal(Peer peer, string signal) =>
        Assert.NotNull(LinuxGiven.Run("kill", "-" + signal, LinuxGiven.Text(peer.ProcessId)));
}
