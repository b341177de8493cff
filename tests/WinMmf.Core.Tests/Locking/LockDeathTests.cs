using System;
using System.Diagnostics;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>What each death leaves, how it is judged, and how it is recovered: protocol section 8.8.</summary>
public sealed class LockDeathTests : LockTest
{
    public static TheoryData<string, LockMode, bool, LockVerdict> Deaths => new()
    {
        { nameof(LockRowState.Intent), LockMode.Read, false, LockVerdict.Free },
        { nameof(LockRowState.Intent), LockMode.Read, true, LockVerdict.Abandoned },
        { nameof(LockRowState.Intent), LockMode.Write, false, LockVerdict.Free },
        { nameof(LockRowState.Intent), LockMode.Write, true, LockVerdict.Abandoned },
        { nameof(LockRowState.Held), LockMode.Read, true, LockVerdict.Abandoned },
        { nameof(LockRowState.Held), LockMode.Write, true, LockVerdict.Abandoned },
        { nameof(LockRowState.Releasing), LockMode.Read, false, LockVerdict.Free },
        { nameof(LockRowState.Releasing), LockMode.Read, true, LockVerdict.Abandoned },
        { nameof(LockRowState.Releasing), LockMode.Write, false, LockVerdict.Free },
        { nameof(LockRowState.Releasing), LockMode.Write, true, LockVerdict.Abandoned },
    };

    [Theory]
    [MemberData(nameof(Deaths))]
    public void Each_death_is_judged_rightly_and_mended(string state, LockMode mode, bool part, LockVerdict verdict)
    {
        DieIn(Enum.Parse<LockRowState>(state), mode, part);
        LockReport report = Inspect();
        Assert.Equal(verdict, report.Verdict);
        Assert.False(Assert.Single(report.Owners).IsAlive);
        Assert.Equal(part && mode == LockMode.Write,
            LockRecovery.Plan(report).Any(static step => step.Contains("suspect", StringComparison.Ordinal)));

        LockRecoveryReport mended = Recover();
        Assert.Equal(part, mended.HasChanged);
        Assert.Equal(0u, Word);
        Assert.Equal(LockVerdict.Free, mended.After.Verdict);
        Assert.Empty(mended.After.Owners);
        Assert.Equal(part && mode == LockMode.Write, Memory.IsSuspect);
        Memory.Lock(LockMode.Write, AtOnce).Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dead_reader_goes_and_living_and_foreign_ones_stay(bool held)
    {
        using SharedMemoryLock alive = Memory.Lock(LockMode.Read, AtOnce);
        DieIn(held ? LockRowState.Held : LockRowState.Intent, LockMode.Read, part: true);
        Word += 2; // two foreign readers
        Assert.Equal(0x0200_0004u, Word);
        Assert.Equal(LockVerdict.Abandoned, Inspect().Verdict);
        LockRecoveryReport mended = Recover();
        Assert.Equal(0x0100_0003u, Word);
        Assert.Equal((LockVerdict.Held, 2, 0), (mended.After.Verdict, mended.After.ForeignReaders, mended.RemovedForeignReaders));
        alive.Release();
        Assert.Equal(2u, Word);
        Word = 0;
    }

    [Fact]
    public void A_reader_that_died_before_it_took_its_part_takes_no_foreign_ones_along()
    {
        DieIn(LockRowState.Intent, LockMode.Read, part: false);
        Word = 1;
        Assert.Equal(LockVerdict.Foreign, Inspect().Verdict);
        Assert.False(Recover().HasChanged);
        Assert.Equal(1u, Word);
        Assert.Empty(Inspect().Owners);
        Word = 0;
    }

    [Fact]
    public void A_killed_holder_is_abandoned_and_its_content_suspect_until_somebody_writes()
    {
        using Peer peer = StartPeer();
        peer.Must("lock", "l", "m", LockMode.Write, 1000, "press 4");
        LockParty owner = Assert.Single(Inspect().Owners);
        Assert.Equal(((uint)peer.ProcessId, true, "press 4"), (owner.Process.ProcessId, owner.IsAlive, owner.Label));
        Assert.NotNull(owner.Program);
        peer.Kill();

        LockReport report = Inspect();
        Assert.Equal(LockVerdict.Abandoned, report.Verdict);
        Assert.False(report.MaySettle);
        Assert.Equal(WinMmfErrorId.Timeout, ErrorOf(() => Memory.Lock(LockMode.Read, AtOnce)));
        LockRecoveryReport mended = Recover();
        Assert.Equal(owner.OwnerId, Assert.Single(mended.Freed).OwnerId);
        using (SharedMemoryLock reader = Memory.Lock(LockMode.Read, AtOnce))
            Assert.True(reader.WasSuspect);
        Assert.True(Memory.IsSuspect);
        using (SharedMemoryLock writer = Memory.Lock(LockMode.Write, AtOnce))
        {
            Assert.True(writer.WasSuspect);
            writer.MarkWritten();
            Assert.True(Memory.IsSuspect);
        }

        Assert.False(Memory.IsSuspect);
    }

    [Fact]
    public void A_living_owner_is_refused_by_name()
    {
        using Peer peer = StartPeer();
        peer.Must("lock", "l", "m", LockMode.Write, 1000, "press 4");
        string id = Assert.Single(Inspect().Owners).OwnerId;
        foreach (string? owner in new[] { null, id, id.Split('.')[0] })
        {
            WinMmfException e = Assert.Throws<WinMmfException>(() => Recover(owner, includeForeign: owner is null));
            Assert.Equal(WinMmfErrorId.LockHeld, e.ErrorId);
            Assert.Contains($"process {peer.ProcessId} ", e.Message, StringComparison.Ordinal);
            Assert.Equal(peer.ProcessId, e.Facts.ProcessId);
        }

        Assert.Equal(0xC000_0000u, Word);
        peer.Must("dispose", "l");
        Assert.Equal(0u, Word);
        Assert.Equal(WinMmfErrorId.LockOwnerNotFound, ErrorOf(() => Recover("1.2")));
    }

    [Fact]
    public void One_of_several_dead_owners_can_be_chosen()
    {
        DieIn(LockRowState.Held, LockMode.Read, part: true);
        DieIn(LockRowState.Held, LockMode.Read, part: true);
        string id = Inspect().Owners[0].OwnerId;
        LockRecoveryReport mended = Recover(id);
        Assert.Equal(id, Assert.Single(mended.Freed).OwnerId);
        Assert.Equal(0x0100_0001u, Word);
        Assert.Equal(LockVerdict.Abandoned, mended.After.Verdict);
        Recover();
        Assert.Equal(0u, Word);
    }

    [Fact]
    public void A_dead_rescuer_stops_nobody()
    {
        using Peer peer = StartPeer();
        peer.Must("lock", "l", "m", LockMode.Write, 1000, "");
        peer.Must("rescue", "-", "m");
        Assert.Equal(WinMmfErrorId.NotReady, ErrorOf(() => Died(() => Recover())));
        peer.Kill();
        Assert.True(Recover().HasChanged);

        using (Peer second = StartPeer())
        {
            second.Must("rescue", "-", "m");
            Assert.Equal(WinMmfErrorId.Timeout, ErrorOf(() => Memory.Lock(LockMode.Read, TimeSpan.FromMilliseconds(50))));
            second.Kill();
        }

        // The next client that meets its recovery word ends it.
        Memory.Lock(LockMode.Write, Soon).Dispose();

        void Died(Action recovery)
        {
            // Another client's remains to be recovered while the first rescuer lives.
            peer.Must("dispose", "l");
            DieIn(LockRowState.Held, LockMode.Write, part: true);
            recovery();
        }
    }

    [Fact]
    public void What_is_half_rescued_is_rescued_by_the_next()
    {
        // Marked and exchanged, then died: the row says 4, the word shows it no more.
        DieIn(LockRowState.Releasing, LockMode.Read, part: false);
        using SharedMemoryLock alive = Memory.Lock(LockMode.Read, AtOnce);
        Assert.Equal(LockVerdict.Held, Inspect().Verdict);
        Assert.False(Recover().HasChanged);
        Assert.Equal(0x0100_0001u, Word);
        Assert.Equal(alive.Owner.ToString(), Assert.Single(Inspect().Owners).OwnerId.Split('.')[1]);
    }

    [Theory]
    [InlineData("Intent")]
    [InlineData("Waiting")]
    [InlineData("Releasing")]
    public void Rows_of_dead_ones_never_run_out(string state)
    {
        using (Peer peer = StartPeer())
        {
            for (int i = 0; i < 63; i++)
                peer.Must("stage", "-", "m", LockMode.Read, state, "none");
            peer.Kill();
        }

        Memory.Lock(LockMode.Write, Soon).Dispose();
        Assert.Empty(Inspect().Owners);
    }

    /// <summary>Looking for dead ones among those who have all rows waits for living ones no longer than the caller does.</summary>
    [Fact]
    public void Rows_full_of_living_ones_in_the_middle_of_a_step_keep_nobody_for_longer_than_the_time_out()
    {
        const int Times = 30;
        using Peer peer = StartPeer();
        for (int i = 0; i < 63; i++)
            peer.Must("stage", "-", "m", LockMode.Read, LockRowState.Intent, "none");
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Times; i++)
            Assert.Equal(WinMmfErrorId.Timeout, ErrorOf(() => Memory.Lock(LockMode.Read, AtOnce)));

        // Two seconds each, if it waited as recovery on its own does.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(Times));
        peer.Kill();
        Memory.Lock(LockMode.Write, Soon).Dispose();
    }

    [Fact]
    public void Dead_waiters_stop_nobody()
    {
        using Peer peer = StartPeer();
        using (Memory.Lock(LockMode.Read, AtOnce))
        {
            peer.Tell("lock", "l", "m", LockMode.Write, 60_000, "");
            Assert.True(Given.Soon(() => Inspect().Waiters.Count == 1));
            Assert.Equal(LockVerdict.Waiting, Inspect().Verdict);
            peer.Kill();
            Assert.Empty(Inspect().Waiters);
            System.Threading.Thread.Sleep(20);
            Memory.Lock(LockMode.Read, AtOnce).Dispose();
        }
    }

    [Fact]
    public void Marks_without_rows_are_uncertain_and_a_persons_word_removes_them()
    {
        using SharedMemoryLock alive = Memory.Lock(LockMode.Read, AtOnce);
        Word += LockWord.OwnReader;
        Assert.Equal(LockVerdict.Uncertain, Inspect().Verdict);
        Assert.Equal(WinMmfErrorId.LockUndecided, ErrorOf(() => Recover()));
        LockRecoveryReport mended = Recover(includeForeign: true);
        Assert.Equal(0x0100_0001u, Word);
        Assert.Equal(LockVerdict.Held, mended.After.Verdict);
    }

    [Theory]
    [InlineData(0x8000_0000u, LockVerdict.Foreign)]
    [InlineData(0x0000_0003u, LockVerdict.Foreign)]
    [InlineData(0xC000_0000u, LockVerdict.Uncertain)]
    [InlineData(0xFF00_0000u, LockVerdict.Corrupt)]
    [InlineData(0x8000_0005u, LockVerdict.Corrupt)]
    public void What_is_foreign_goes_only_when_it_is_included(uint word, LockVerdict verdict)
    {
        Word = word;
        Assert.Equal(verdict, Inspect().Verdict);
        Assert.Equal(WinMmfErrorId.LockUndecided, ErrorOf(() => Recover()));
        Assert.Equal(word, Word);
        Assert.False(Inspect().MaySettle);
        Assert.NotEmpty(LockRecovery.Plan(Inspect(), includeForeign: true));
        Assert.True(Recover(includeForeign: true).HasChanged);
        Assert.Equal(0u, Word);
    }

    [Fact]
    public void A_living_one_in_the_middle_of_it_makes_the_recovery_give_up()
    {
        DieIn(LockRowState.Held, LockMode.Read, part: true);
        using Peer peer = StartPeer();
        peer.Must("stage", "-", "m", LockMode.Read, LockRowState.Intent, "none");
        Assert.Equal(WinMmfErrorId.LockUndecided, ErrorOf(() => Recover()));
        Assert.Equal(0x0100_0001u, Word);
        peer.Kill();
        Recover();
        Assert.Equal(0u, Word);
        using SharedMemoryLock free = Memory.Lock(LockMode.Write, AtOnce);
    }
}
