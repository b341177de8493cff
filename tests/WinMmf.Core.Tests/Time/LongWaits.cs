using System;
using System.Threading;
using Xunit;

namespace WinMmf.Tests.Time;

/// <summary>What every public wait must do with time-outs: long ones last until they are cancelled, negative ones are refused.</summary>
public static class LongWaits
{
    public static TheoryData<TimeSpan> Spans { get; } = new()
    {
        Timeout.InfiniteTimeSpan,
        TimeSpan.MaxValue,
        TimeSpan.FromSeconds(2e11),
        TimeSpan.FromTicks((long.MaxValue / 100) + 1),
        TimeSpan.FromDays(20_000),
        TimeSpan.FromDays(60),
    };

    public static TheoryData<TimeSpan> Negative { get; } = new()
    {
        TimeSpan.FromMilliseconds(-2),
        TimeSpan.FromTicks(-1),
        TimeSpan.FromSeconds(-1e11),
        TimeSpan.MinValue,
    };

    /// <summary>A wait that can never be satisfied: it lasts as long as its time-out says, so cancelling it is what ends it.</summary>
    public static void LastsUntilCancelled(Action<CancellationToken> wait)
    {
        using CancellationTokenSource source = new(100);
        Assert.ThrowsAny<OperationCanceledException>(() => wait(source.Token));
    }
}
