using System;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>The message for a caller that did not get the lock: who has it, since when, what to run next.</summary>
public sealed class LockRefusalTests : LockTest
{
    private string Target => $"'{Memory.Name.Name}' -Scope Local";

    [Fact]
    public void A_living_owner_is_named_with_the_time_and_the_command_that_watches()
    {
        using SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce, null, "night shift");
        string message = MessageOf(LockMode.Read);
        Assert.Matches(
            @"^The lock of Local\\\S+ could not be had for reading within 0\.05 s\. It is held by process \d+ \(\S+\) of \S+, alive, writing since [\d-]{10} [\d:]{8} UTC, 'night shift'\. "
            + @"Wait longer with -TimeoutSec, or see whether it goes on: Debug-SharedMemoryLock '\S+' -Scope Local -Sample 5$",
            message);
    }

    [Fact]
    public void The_one_who_asks_is_not_named_as_one_who_waits()
    {
        using SharedMemoryLock held = Memory.Lock(LockMode.Read, AtOnce);
        string message = MessageOf(LockMode.Write);
        Assert.DoesNotContain("wants", message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Waiting", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Verdict", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_owner_is_called_dead_with_the_command_that_frees()
    {
        DieIn(LockRowState.Held, LockMode.Write, part: true);
        string message = MessageOf(LockMode.Read);
        Assert.Contains(", dead, writing since ", message, StringComparison.Ordinal);
        Assert.EndsWith($": Unlock-SharedMemory {Target} -Force", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x8000_0000u, "a writer that left no row")]
    [InlineData(0x0000_0002u, "2 reader(s) that left no row")]
    public void A_foreign_owner_is_called_what_is_known_of_it(uint word, string who)
    {
        Word = word;
        string message = MessageOf(LockMode.Write);
        Assert.Contains($"It is held by {who}", message, StringComparison.Ordinal);
        Assert.EndsWith($": Unlock-SharedMemory {Target} -Force -IncludeForeign", message, StringComparison.Ordinal);
        Word = 0;
    }

    [Fact]
    public void What_cannot_be_decided_is_not_decided()
    {
        // A marked writer without a row.
        Word = 0xC000_0000;
        string message = MessageOf(LockMode.Read);
        Assert.EndsWith($"could not be decided. To see why: Debug-SharedMemoryLock {Target}", message, StringComparison.Ordinal);
        Word = 0;
    }

    private string MessageOf(LockMode mode)
    {
        using NamedMemory other = OpenAgain();
        WinMmfException e = Assert.Throws<WinMmfException>(() => other.Lock(mode, TimeSpan.FromMilliseconds(50)));
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
        return e.Message;
    }
}
