using System;
using System.Diagnostics;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Tests;
using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class FrameClockTests
{
    [Fact]
    public void It_does_not_drift_however_long_frames_take()
    {
        FrameClock clock = new(100);
        Stopwatch watch = Stopwatch.StartNew();
        int frames = 0;
        while (frames + clock.Skipped < 51 && clock.WaitNext(CancellationToken.None))
        {
            frames++;
            Thread.Sleep(frames % 3);
        }

        // Periods of 10 ms, work included; skipped ones count, since a busy machine may hold us up, also after the last one.
        Assert.InRange(watch.ElapsedMilliseconds, 490, ((frames + clock.Skipped) * 10) + 5_000);
    }

    [Fact]
    public void Whoever_is_late_leaves_frames_out_and_they_are_counted()
    {
        FrameClock clock = new(50);
        Assert.True(clock.WaitNext(CancellationToken.None));
        Thread.Sleep(110);
        Assert.True(clock.WaitNext(CancellationToken.None));
        Assert.InRange(clock.Skipped, 4, 1_000);
    }

    [Fact]
    public void Cancelling_ends_the_wait_at_once()
    {
        FrameClock clock = new(0.1);
        using CancellationTokenSource source = new();
        Assert.True(clock.WaitNext(source.Token));
        source.CancelAfter(50);
        Stopwatch watch = Stopwatch.StartNew();
        Assert.False(clock.WaitNext(source.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), "the period is 10 s");
    }

    [Fact]
    public void Waiting_allocates_nothing()
    {
        FrameClock clock = new(500);
        using CancellationTokenSource source = new();
        for (int i = 0; i < 5; i++)
            clock.WaitNext(source.Token);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 20; i++)
                clock.WaitNext(source.Token);
        });
    }

    [Fact]
    public void An_impossible_rate_is_refused() =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(() => new FrameClock(double.PositiveInfinity)).ErrorId);
}
