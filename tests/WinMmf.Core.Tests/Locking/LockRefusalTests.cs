using System;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>
/// The message for a caller that did not get the lock: who has it, since when, and as values how the lock is, from which a shell makes its
/// advice.
/// </summary>
public sealed class LockRefusalTests : LockTest
{
    [Fact]
    public void A_living_owner_is_named_with_the_time()
    {
        using SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce, null, "night shift");
        WinMmfException e = Refuse(LockMode.Read);
        Assert.Matches(
            @"^The lock of Local\\\S+ could not be taken for reading within 0\.05 s\. It is held by process \d+ \(\S+\) of \S+, alive, "
                + @"writing since [\d-]{10} [\d:]{8} UTC, 'night shift'\.$",
            e.Message);
        // The one that asks still waits.
        Assert.Equal((nameof(LockVerdict.Waiting), Environment.ProcessId), (e.Facts.State, e.Facts.ProcessId));
    }

    [Fact]
    public void The_one_who_asks_is_not_named_as_one_who_waits()
    {
        using SharedMemoryLock held = Memory.Lock(LockMode.Read, AtOnce);
        string message = Refuse(LockMode.Write).Message;
        Assert.DoesNotContain("wants", message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Waiting", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Verdict", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_owner_is_called_dead()
    {
        DieIn(LockRowState.Held, LockMode.Write, part: true);
        WinMmfException e = Refuse(LockMode.Read);
        Assert.Contains(", dead, writing since ", e.Message, StringComparison.Ordinal);
        Assert.Equal((nameof(LockVerdict.Abandoned), null), (e.Facts.State, e.Facts.ProcessId));
    }

    [Theory]
    [InlineData(0x8000_0000u, "a writer that left no row")]
    [InlineData(0x0000_0002u, "2 reader(s) that left no row")]
    public void A_foreign_owner_is_called_what_is_known_of_it(uint word, string who)
    {
        Word = word;
        WinMmfException e = Refuse(LockMode.Write);
        Assert.Contains($"It is held by {who}", e.Message, StringComparison.Ordinal);
        Assert.Equal(nameof(LockVerdict.Foreign), e.Facts.State);
        Word = 0;
    }

    [Fact]
    public void What_cannot_be_decided_is_not_decided()
    {
        // A marked writer without a row.
        Word = 0xC000_0000;
        WinMmfException e = Refuse(LockMode.Read);
        Assert.EndsWith("could not be decided.", e.Message, StringComparison.Ordinal);
        Assert.Equal(nameof(LockVerdict.Uncertain), e.Facts.State);
        Word = 0;
    }

    private WinMmfException Refuse(LockMode mode)
    {
        using NamedMemory other = OpenAgain();
        WinMmfException e = Assert.Throws<WinMmfException>(() => other.Lock(mode, TimeSpan.FromMilliseconds(50)));
        Assert.Equal((WinMmfErrorId.Timeout, ErrorOperation.Lock), (e.ErrorId, e.Facts.Operation));
        Assert.Equal((Memory.Name.Name, "Local", TimeSpan.FromMilliseconds(50)), (e.Facts.Name, e.Facts.Scope, e.Facts.Waited));
        return e;
    }
}
