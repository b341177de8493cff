using System;
using System.Collections.Generic;
using WinMmf.Frames;
using Xunit;
using Xunit.Abstractions;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// The steps of a channel's two ends (docs/protocol.md 5 to 7) in every order within a bound, on memory where loads may see what is old:
/// the code of <see cref="SlotPublisher{TMemory}"/>, <see cref="SlotReader{TMemory}"/> and the ledger of leases that publishers and readers
/// run. Each fence, each acquire and release, and each order of two steps in it has a schedule that fails without it.
/// </summary>
[Trait("Category", "Schedules")]
public sealed class FrameScheduleTests
{
    private readonly ITestOutputHelper _output;

    public FrameScheduleTests(ITestOutputHelper output) => _output = output;

    /// <summary>Who copies takes no part: each of its loads may see any store that came before, so one order of turns is enough.</summary>
    [Fact]
    public void No_copy_is_torn_and_the_newest_never_goes_back() => Explore(
        slots: 3,
        preemptions: 0,
        frames: 4,
        channel =>
        {
            ulong last = 0;
            for (int i = 0; i < 2; i++)
            {
                ulong number = channel.CopyNewest();
                Assert.True(number == 0 || number >= last, $"Frame {number} came after frame {last}.");
                last = Math.Max(last, number);
            }
        });

    [Fact]
    public void No_copy_in_order_is_torn() => Explore(
        slots: 3,
        preemptions: 0,
        frames: 3,
        static channel =>
        {
            ulong number = channel.CopyAfter(1);
            Assert.NotEqual(1u, number);
        });

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_leased_frame_stays_whole(int slots) =>
        Explore(slots, preemptions: 2, frames: 3, static channel => channel.LeaseNewest(0));

    [Fact]
    public void Two_leased_frames_stay_whole() =>
        Explore(slots: 4, preemptions: 1, frames: 2, static channel => channel.LeaseNewest(0), static channel => channel.LeaseNewest(1));

    [Fact]
    public void Who_sleeps_is_woken_by_the_next_frame() => Explore(
        slots: 3,
        preemptions: 2,
        frames: 1,
        static channel => channel.AwaitNext(0, channel.FirstNewest));

    private void Explore(int slots, int preemptions, int frames, params Action<SteppedChannel>[] readers)
    {
        SteppedChannel? before = null;
        int orders = Explorer.Explore(
            (schedule, choices) =>
            {
                before?.Dispose();
                SteppedChannel channel = new(schedule, choices, slots, readers.Length);
                before = channel;
                List<(Action, bool)> participants = [(Publish, false)];
                foreach (Action<SteppedChannel> reader in readers)
                    participants.Add((() => Read(reader), false));
                return new Scenario(participants, static _ => { }, AtTheEnd);

                void Publish()
                {
                    channel.Enter();
                    for (int i = 0; i < frames; i++)
                        channel.Publish();
                }

                void Read(Action<SteppedChannel> reader)
                {
                    channel.Enter();
                    reader(channel);
                }

                void AtTheEnd()
                {
                    for (int i = 0; i <= readers.Length; i++)
                        Assert.False(schedule.IsStuck(i), $"Participant {i} waits for ever.");
                }
            },
            preemptions,
            crashes: 0);
        before?.Dispose();
        _output.WriteLine($"{orders} orders with at most {preemptions} preemptions");
    }
}
