using System;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>What a dead writer's mark says, and what ends it (protocol 8.6).</summary>
public sealed class SuspectMarkTests : LockTest
{
    [Theory]
    [InlineData(LockMode.Read)]
    [InlineData(LockMode.Write)]
    public void Taking_the_lock_and_writing_nothing_leaves_the_mark(LockMode mode)
    {
        LeaveHalfWritten();
        Memory.Lock(mode, AtOnce).Dispose();
        SharedMemoryLock held = Memory.Lock(mode, AtOnce);
        held.Release();
        Assert.True(Memory.IsSuspect);
        Assert.True(Inspect().IsSuspect);
        Assert.NotNull(Inspect().Suspect);
    }

    [Fact]
    public void A_writer_that_dies_after_it_wrote_and_before_it_gave_the_lock_back_leaves_the_mark()
    {
        LeaveHalfWritten();
        DieIn(LockRowState.Held, LockMode.Write, part: true);
        Recover();
        Assert.True(Memory.IsSuspect);
    }

    [Fact]
    public void Writing_through_the_api_ends_it_when_the_lock_is_given_back()
    {
        LeaveHalfWritten();
        using (SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce))
            held.MarkWritten();
        Assert.False(Memory.IsSuspect);
        Assert.False(Inspect().IsSuspect);
    }

    [Fact]
    public void A_feed_of_another_process_that_writes_ends_it()
    {
        LeaveHalfWritten();
        using Peer peer = StartPeer();
        peer.Must("add", "-", "m", 1);
        Assert.False(Memory.IsSuspect);
    }

    [Theory]
    [InlineData(LockMode.Read)]
    [InlineData(LockMode.Write)]
    public void Who_has_looked_at_the_data_may_end_it_under_either_lock(LockMode mode)
    {
        LeaveHalfWritten();
        using (SharedMemoryLock held = Memory.Lock(mode, AtOnce))
            held.TrustContent();
        Assert.False(Memory.IsSuspect);
    }

    [Fact]
    public void Trust_says_what_mark_it_ended_and_does_nothing_without_one()
    {
        Assert.Null(LockRecovery.Trust(Memory.Name, AtOnce));
        uint writer = LeaveHalfWritten();
        SuspectMark mark = LockRecovery.Trust(Memory.Name, AtOnce)!;
        Assert.Equal(writer, mark.Writer.ProcessId);
        Assert.False(Memory.IsSuspect);
        Assert.Equal(0u, Word);
    }

    [Fact]
    public void Trust_waits_for_no_writer_longer_than_it_was_told_to_and_leaves_the_mark_then()
    {
        LeaveHalfWritten();
        using (SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce, null, "night shift"))
        {
            WinMmfException e = Assert.Throws<WinMmfException>(() => LockRecovery.Trust(Memory.Name, AtOnce));
            Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
            Assert.Contains("night shift", e.Message, StringComparison.Ordinal);
        }

        Assert.True(Memory.IsSuspect);
    }

    [Fact]
    public void A_lock_for_reading_writes_nothing_and_one_given_back_says_nothing()
    {
        SharedMemoryLock reader = Memory.Lock(LockMode.Read, AtOnce);
        Assert.Equal(WinMmfErrorId.NotLocked, ErrorOf(reader.MarkWritten));
        reader.Release();
        Assert.Equal(WinMmfErrorId.NotLocked, ErrorOf(reader.TrustContent));
    }

    [Fact]
    public void The_content_counts_as_suspect_while_the_dead_writer_has_the_lock_still()
    {
        DieIn(LockRowState.Held, LockMode.Write, part: true);
        LockReport report = Inspect();
        Assert.Null(report.Suspect);
        Assert.True(report.IsSuspect);
        Assert.Contains(report.Evidence, static line => line.Contains("half written", StringComparison.Ordinal));
    }

    [Fact]
    public void The_mark_says_who_when_and_no_more_than_is_known()
    {
        uint writer = LeaveHalfWritten();
        SuspectMark mark = Memory.Suspect!;
        Assert.InRange(mark.Since, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(1));
        Assert.Equal(writer, mark.Writer.ProcessId);
        Assert.Contains($"process {writer} died", mark.ToString(), StringComparison.Ordinal);
        Assert.Contains("no WinMmf program has written since", mark.ToString(), StringComparison.Ordinal);
        Assert.Contains(Inspect().Evidence, line => line.Contains(mark.ToString(), StringComparison.Ordinal));
    }

    /// <summary>A writer dies with the lock and is freed. Returns its process.</summary>
    private uint LeaveHalfWritten()
    {
        DieIn(LockRowState.Held, LockMode.Write, part: true);
        uint writer = Inspect().Owners[0].Process.ProcessId;
        Recover();
        Assert.True(Memory.IsSuspect);
        return writer;
    }
}
