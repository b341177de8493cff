using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Locking;
using Xunit;
using Xunit.Abstractions;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// The steps of the lock (docs/protocol.md 8.2 to 8.6) in every order within a bound, with kills between any two of them: the code that
/// real clients and rescuers run, on a memory that a test steps through. <see cref="SteppedLockMemory"/> says what must always hold. The
/// Spin models lock_recovery.pml and lock_claim.pml say the same of the protocol; what they find by weak memory is theirs alone, since here
/// each step is seen at once.
/// </summary>
[Trait("Category", "Schedules")]
public sealed class LockScheduleTests
{
    private const int Drawn = 200;
    private const int DrawnLong = 30_000;
    private const int AllRows = HoldersLayout.RowCount - 1;

    private readonly ITestOutputHelper _output;

    public LockScheduleTests(ITestOutputHelper output) => _output = output;

    public static TheoryData<LockMode, LockMode, bool> Pairs => new()
    {
        { LockMode.Write, LockMode.Write, false },
        { LockMode.Write, LockMode.Write, true },
        { LockMode.Write, LockMode.Read, false },
        { LockMode.Write, LockMode.Read, true },
        { LockMode.Read, LockMode.Read, false },
        { LockMode.Read, LockMode.Read, true },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_users_exclude_each_other_and_both_get_the_lock(LockMode first, LockMode second, bool windows) =>
        UseBoth(first, second, windows, preemptions: 2, Drawn);

    [Theory]
    [InlineData(LockMode.Write, LockMode.Read, false)]
    [InlineData(LockMode.Write, LockMode.Read, true)]
    [InlineData(LockMode.Read, LockMode.Write, false)]
    [InlineData(LockMode.Read, LockMode.Write, true)]
    public void One_user_is_killed_anywhere_beside_another_one_and_a_rescuer(LockMode first, LockMode second, bool windows) =>
        KillOneUser(first, second, windows, preemptions: 1, Drawn);

    [Theory]
    [InlineData(LockMode.Write, false)]
    [InlineData(LockMode.Write, true)]
    [InlineData(LockMode.Read, false)]
    [InlineData(LockMode.Read, true)]
    public void A_user_and_a_rescuer_are_killed_anywhere_beside_another_rescuer(LockMode mode, bool windows) =>
        KillOneRescuer(mode, windows, preemptions: 0, Drawn);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_users_of_the_only_row_that_is_left_both_get_the_lock(bool windows) => Explore(
        windows,
        preemptions: 2,
        crashes: 0,
        Drawn,
        new Given(FreeRows: 1),
        (memory, client) => client(1, c => Use(memory, c, LockMode.Write), false),
        (memory, client) => client(2, c => Use(memory, c, LockMode.Read), false));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_is_killed_with_the_only_row_that_is_left_does_not_keep_it_for_ever(bool windows) => Explore(
        windows,
        preemptions: 0,
        crashes: 1,
        Drawn,
        new Given(FreeRows: 1),
        (memory, client) => client(1, c => Use(memory, c, LockMode.Write), true),
        (memory, client) => client(2, c => Use(memory, c, LockMode.Write), false),
        (memory, client) => client(3, Rescue, false));

    [Theory]
    [MemberData(nameof(Pairs))]
    [Trait("Category", "Long")]
    public void Many_more_orders(LockMode first, LockMode second, bool windows)
    {
        UseBoth(first, second, windows, preemptions: 3, DrawnLong);
        KillOneUser(first, second, windows, preemptions: 1, DrawnLong);
        KillOneRescuer(first, windows, preemptions: 0, DrawnLong);
    }

    private void UseBoth(LockMode first, LockMode second, bool windows, int preemptions, int drawn) => Explore(
        windows,
        preemptions,
        crashes: 0,
        drawn,
        new Given(AllRows),
        (memory, client) => client(1, c => Use(memory, c, first), false),
        (memory, client) => client(2, c => Use(memory, c, second), false));

    private void KillOneUser(LockMode first, LockMode second, bool windows, int preemptions, int drawn) => Explore(
        windows,
        preemptions,
        crashes: 1,
        drawn,
        new Given(AllRows),
        (memory, client) => client(1, c => Use(memory, c, first), true),
        (memory, client) => client(2, c => Use(memory, c, second), false),
        (memory, client) => client(3, Rescue, false));

    private void KillOneRescuer(LockMode mode, bool windows, int preemptions, int drawn) => Explore(
        windows,
        preemptions,
        crashes: 2,
        drawn,
        new Given(AllRows),
        (memory, client) => client(1, c => Use(memory, c, mode), true),
        (memory, client) => client(2, Rescue, true),
        (memory, client) => client(3, Rescue, false));

    /// <summary>
    /// What a dead client has left, a rescuer, and a user who comes and goes meanwhile; put aside only where the order matters to others.
    /// </summary>
    [Theory]
    [InlineData(LockMode.Write, 2, false, LockMode.Write, false)]
    [InlineData(LockMode.Write, 2, false, LockMode.Write, true)]
    [InlineData(LockMode.Write, 4, false, LockMode.Write, false)]
    [InlineData(LockMode.Read, 3, true, LockMode.Read, false)]
    [InlineData(LockMode.Read, 3, true, LockMode.Read, true)]
    [InlineData(LockMode.Read, 2, false, LockMode.Read, true)]
    public void A_rescuer_is_not_confused_by_those_who_come_and_go(
        LockMode died, int state, bool hasPart, LockMode user, bool windows) => Explore(
        windows,
        preemptions: 4,
        crashes: 0,
        Drawn,
        new Given(AllRows, memory => memory.LeaveDead(3, died, (LockRowState)state, hasPart), IsDecisive),
        (memory, client) => client(
            1,
            c =>
            {
                Use(memory, c, user);
                Use(memory, c, user);
            },
            false),
        (memory, client) => client(2, Rescue, false));

    /// <summary>A person's word that foreign clients are dead frees no living one with a row.</summary>
    [Theory]
    [InlineData(LockMode.Write, false)]
    [InlineData(LockMode.Write, true)]
    [InlineData(LockMode.Read, false)]
    [InlineData(LockMode.Read, true)]
    public void Including_foreign_ones_takes_nothing_from_a_living_one(LockMode mode, bool windows) => Explore(
        windows,
        preemptions: 2,
        crashes: 0,
        Drawn,
        new Given(AllRows),
        (memory, client) => client(1, c => Use(memory, c, mode), false),
        (memory, client) => client(2, static c => Assert.Equal(LockRescue.Outcome.Done, c.Rescue(includeForeign: true)), false));

    private static bool IsDecisive(string step) =>
        step is "reads the word" or "reads all rows" || step.StartsWith("exchanges the word", StringComparison.Ordinal)
            || step.StartsWith("writes state", StringComparison.Ordinal) || step == "reads the recovery word";

    /// <summary>No foreign client is there, and everybody goes on: so what is left can always be decided.</summary>
    private static void Rescue(SteppedClient client) => Assert.Equal(LockRescue.Outcome.Done, client.Rescue());

    private static void Use(SteppedLockMemory memory, SteppedClient client, LockMode mode)
    {
        SharedMemoryLock held = client.Lock(mode, Timeout.InfiniteTimeSpan);
        Assert.Equal(memory.IsHalfWritten, held.WasSuspect);
        memory.Schedule.Step("has the lock");
        if (mode == LockMode.Write)
        {
            held.MarkWritten();
            memory.WriteAnew();
        }

        held.Release();
    }

    private void Explore(bool windows, int preemptions, int crashes, int drawn, Given given, params Action<SteppedLockMemory, Join>[] users)
    {
        int orders = Explorer.Explore(
            (schedule, _) =>
            {
                SteppedLockMemory memory = new(schedule, given.FreeRows);
                given.Before?.Invoke(memory);
                List<(Action, bool)> participants = [];
                List<SteppedClient> clients = [];
                foreach (Action<SteppedLockMemory, Join> user in users)
                {
                    user(memory, (id, body, mayCrash) =>
                    {
                        SteppedClient client = new(memory, id, windows);
                        clients.Add(client);
                        participants.Add((() => body(client), mayCrash));
                    });
                }

                return new Scenario(
                    participants, index => clients[index].Die(), () => CheckEnd(memory, windows, clients.Count), given.MayPutAside);
            },
            preemptions,
            crashes,
            drawn);
        _output.WriteLine($"{orders} orders with at most {preemptions} preemptions and {crashes} kills, and {drawn} drawn ones");
    }

    /// <summary>
    /// Whoever died where: a rescuer frees everything, the content is suspect if it has to be, and the next one gets the lock.
    /// </summary>
    private static void CheckEnd(SteppedLockMemory memory, bool windows, int clients)
    {
        for (int i = 0; i < clients; i++)
            Assert.True(memory.Dead.Count > 0 || !memory.Schedule.IsStuck(i), $"Participant {i} waits for ever.");
        SteppedClient last = new(memory, 9, windows);
        Assert.Equal(LockRescue.Outcome.Done, last.Rescue());
        Assert.Equal(0u, memory.Word);
        Assert.Equal(0u, SteppedRows.Claim(memory, HoldersLayout.RescuerRow));
        for (int row = 1; row < HoldersLayout.RowCount; row++)
            Assert.InRange(SteppedRows.State(memory, row), (byte)LockRowState.Free, (byte)LockRowState.Waiting);
        SharedMemoryLock held = last.Lock(LockMode.Write, TimeSpan.Zero);
        Assert.Equal(memory.IsHalfWritten, held.WasSuspect);
        held.Release();
        Assert.Equal(0u, memory.Word);
    }

    /// <summary>What there is before anybody takes a step, and before which steps one may be put aside.</summary>
    private sealed record Given(int FreeRows, Action<SteppedLockMemory>? Before = null, Func<string, bool>? MayPutAside = null);

    /// <summary>Adds a client: its process id, what it does, whether it may be killed.</summary>
    private delegate void Join(uint processId, Action<SteppedClient> body, bool mayCrash);
}
