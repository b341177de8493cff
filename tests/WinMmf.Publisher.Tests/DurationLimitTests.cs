using System;
using System.Threading;
using WinMmf.Publisher.Publishing;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>A duration ends, also one that takes several of the runtime's timers, and no sooner.</summary>
public sealed class DurationLimitTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(3)]
    public void It_calls_once_and_not_too_early(int slice)
    {
        using ManualResetEventSlim over = new();
        int calls = 0;
        TimeSpan time = TimeSpan.FromMilliseconds(40);
        long begin = WinMmf.Time.MonotonicClock.Now;
        using DurationLimit limit = new(
            time,
            () =>
            {
                Interlocked.Increment(ref calls);
                over.Set();
            },
            slice);
        Assert.True(over.Wait(Generous));
        Assert.True(WinMmf.Time.MonotonicClock.Now - begin >= time.Ticks * 100);
        limit.Dispose();
        Assert.Equal(1, calls);
    }

    [Fact]
    public void The_longest_time_neither_overflows_nor_ends()
    {
        bool called = false;
        foreach (TimeSpan time in new[] { TimeSpan.MaxValue, TimeSpan.FromDays(25), TimeSpan.FromDays(50) })
        {
            using DurationLimit limit = new(time, () => called = true);
        }

        Assert.False(called);
    }
}
