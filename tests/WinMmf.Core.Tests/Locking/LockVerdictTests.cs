using WinMmf.Locking;
using WinMmf.Tests.Schedules;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>Verdicts on what is caught in the middle of a step (docs/protocol.md 8.8): states that no test can stop a process in.</summary>
public sealed class LockVerdictTests
{
    private readonly SteppedLockMemory _memory = new(new Schedule(new Choices()));

    [Theory]
    [InlineData(LockMode.Read, 2)]
    [InlineData(LockMode.Read, 4)]
    [InlineData(LockMode.Write, 2)]
    [InlineData(LockMode.Write, 4)]
    public void Who_is_taking_the_lock_or_giving_it_back_is_an_owner(LockMode mode, int state)
    {
        _memory.Place(1, mode, (LockRowState)state, hasPart: true);
        Assert.Equal(LockVerdict.Held, Judge());
    }

    [Theory]
    [InlineData(LockMode.Read)]
    [InlineData(LockMode.Write)]
    public void A_part_that_may_be_a_living_ones_or_a_dead_ones_is_uncertain(LockMode mode)
    {
        _memory.Place(1, mode, LockRowState.Intent, hasPart: true);
        _memory.LeaveDead(2, mode, LockRowState.Intent, hasPart: false);
        Assert.Equal(LockVerdict.Uncertain, Judge());
    }

    [Fact]
    public void A_dead_ones_part_beside_one_who_moves_is_abandoned_if_it_is_one_too_many()
    {
        _memory.Place(1, LockMode.Read, LockRowState.Intent, hasPart: true);
        _memory.LeaveDead(2, LockMode.Read, LockRowState.Held, hasPart: true);
        Assert.Equal(LockVerdict.Abandoned, Judge());
    }

    [Fact]
    public void A_living_owner_whose_part_is_missing_makes_the_lock_corrupt()
    {
        _memory.Place(1, LockMode.Write, LockRowState.Held, hasPart: false);
        Assert.Equal(LockVerdict.Corrupt, Judge());
    }

    [Fact]
    public void Rows_of_the_dead_without_a_part_leave_the_lock_free()
    {
        _memory.LeaveDead(1, LockMode.Write, LockRowState.Intent, hasPart: false);
        _memory.LeaveDead(2, LockMode.Read, LockRowState.Waiting, hasPart: false);
        Assert.Equal(LockVerdict.Free, Judge());
    }

    private LockVerdict Judge() => LockJudge.Judge(new SteppedClient(_memory, 9, windows: false)).Verdict;
}
