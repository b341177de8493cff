using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Tests.Time;

public sealed class DeadlineTests
{
    [Fact]
    public void Zero_is_over_at_once()
    {
        Deadline deadline = Deadline.After(TimeSpan.Zero);
        Assert.True(deadline.IsOver);
        Assert.False(deadline.IsNever);
        Assert.Equal(TimeSpan.Zero, deadline.Left);
        Assert.Equal(TimeSpan.Zero, deadline.LeftUpTo(TimeSpan.FromSeconds(1)));
        Assert.Equal(0, deadline.MillisecondsUpTo(50));
    }

    [Theory]
    [MemberData(nameof(LongWaits.Spans), MemberType = typeof(LongWaits))]
    public void What_is_long_is_long(TimeSpan timeout)
    {
        Deadline deadline = Deadline.After(timeout);
        Assert.False(deadline.IsOver);
        Assert.Equal(50, deadline.MillisecondsUpTo(50));
        Assert.Equal(int.MaxValue, deadline.MillisecondsUpTo(int.MaxValue));
        Assert.Equal(TimeSpan.FromSeconds(1), deadline.LeftUpTo(TimeSpan.FromSeconds(1)));

        // What is left is handed on: a deadline made of it is as far away.
        Assert.False(Deadline.After(deadline.Left).IsOver);
        Assert.True(deadline.Left == Timeout.InfiniteTimeSpan || deadline.Left > timeout - TimeSpan.FromHours(1));
    }

    [Fact]
    public void Less_than_a_millisecond_is_not_slept_through_as_zero()
    {
        Deadline deadline = Deadline.After(TimeSpan.FromTicks(long.MaxValue / 200));
        Assert.False(deadline.IsNever);
        Assert.Equal(1, deadline.MillisecondsUpTo(1));
        Assert.True(Deadline.Never.IsNever);
        Assert.Equal(Timeout.InfiniteTimeSpan, Deadline.Never.Left);
    }

    [Theory]
    [MemberData(nameof(LongWaits.Negative), MemberType = typeof(LongWaits))]
    public void Negative_ones_are_refused_by_the_callers_name(TimeSpan timeout)
    {
        Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.After(timeout)).ParamName);
        Assert.Equal("duration", Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.After(timeout, "duration")).ParamName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.0015)]
    [InlineData(1e9)]
    [InlineData(2e11)]
    [InlineData(9e11)]
    public void Seconds_become_a_span(double seconds) => Assert.Equal(seconds, Seconds.ToTimeSpan(seconds).TotalSeconds, seconds * 1e-9);

    [Theory]
    [InlineData(1e12)]
    [InlineData(double.MaxValue)]
    [InlineData(double.PositiveInfinity)]
    public void More_seconds_than_a_span_holds_become_the_longest(double seconds) =>
        Assert.Equal(TimeSpan.MaxValue, Seconds.ToTimeSpan(seconds));

    [Theory]
    [InlineData(-0.001)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_time_is_refused(double seconds) =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(() => Seconds.ToTimeSpan(seconds)).ErrorId);
}
