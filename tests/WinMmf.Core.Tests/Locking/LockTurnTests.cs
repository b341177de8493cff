using WinMmf.Locking;
using WinMmf.Tests.Schedules;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>Who gives way to whom (docs/protocol.md 8.7). Time is what the tickets say, so nothing here waits for it.</summary>
public sealed class LockTurnTests
{
    private const int Own = 2;
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(LockMode.Read, LockMode.Write, true)]
    [InlineData(LockMode.Write, LockMode.Read, true)]
    [InlineData(LockMode.Write, LockMode.Write, true)]
    [InlineData(LockMode.Read, LockMode.Read, false)]
    public void Whose_mode_is_not_compatible_and_came_first_goes_first(LockMode own, LockMode other, bool mustGiveWay) =>
        Assert.Equal(mustGiveWay, MustGiveWay(own, other, LockRowState.Waiting, otherCame: -Second, ownCame: 0));

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void Only_who_still_wants_the_lock_is_given_way_to(int state, bool mustGiveWay) => Assert.Equal(
        mustGiveWay, MustGiveWay(LockMode.Write, LockMode.Write, (LockRowState)state, otherCame: -Second, ownCame: 0));

    [Fact]
    public void Who_came_later_or_a_moment_ago_is_not_given_way_to()
    {
        Assert.False(MustGiveWay(LockMode.Write, LockMode.Write, LockRowState.Waiting, otherCame: -Second, ownCame: -2 * Second));
        Assert.False(MustGiveWay(LockMode.Write, LockMode.Write, LockRowState.Waiting, otherCame: 3600 * Second, ownCame: 3601 * Second));
    }

    [Fact]
    public void Nobody_gives_way_to_the_dead()
    {
        SteppedLockMemory memory = Memory();
        memory.Place(1, LockMode.Write, LockRowState.Waiting, hasPart: false, Ticket(-Second));
        memory.Locks.Remove(1);
        Assert.False(MustGiveWay(memory, LockMode.Write, ownCame: 0));
    }

    private static bool MustGiveWay(LockMode own, LockMode other, LockRowState state, long otherCame, long ownCame)
    {
        SteppedLockMemory memory = Memory();
        memory.Place(1, other, state, hasPart: false, Ticket(otherCame));
        return MustGiveWay(memory, own, ownCame);
    }

    private static bool MustGiveWay(SteppedLockMemory memory, LockMode own, long ownCame)
    {
        memory.Place(Own, own, LockRowState.Waiting, hasPart: false, Ticket(ownCame));
        SteppedClient client = new(memory, 9, windows: false);
        return new LockTurns().MustGiveWay(client.Locks.Table!, Own, own, new LockWord(0));
    }

    private static SteppedLockMemory Memory() => new(new Schedule(new Choices()));

    private static ulong Ticket(long fromNow) => (ulong)(MonotonicClock.Now + fromNow);
}
