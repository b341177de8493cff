using System;
using System.Diagnostics;
using System.Threading;
using WinMmf.Capture.Platform.Windows;
using WinMmf.Errors;
using WinMmf.Tests;
using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class FrameClockTests
{
    [Fact]
    public void It_does_not_drift_however_long_frames_take()
    {
        using FrameClock clock = new(100);
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
        using FrameClock clock = new(50);
        Assert.True(clock.WaitNext(CancellationToken.None));
        Thread.Sleep(110);
        Assert.True(clock.WaitNext(CancellationToken.None));
        Assert.InRange(clock.Skipped, 4, 1_000);
    }

    [Fact]
    public void Cancelling_ends_the_wait_at_once()
    {
        using FrameClock clock = new(0.1);
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
        using FrameClock clock = new(500);
        using CancellationTokenSource source = new();
        for (int i = 0; i < 5; i++)
            clock.WaitNext(source.Token);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 20; i++)
                clock.WaitNext(source.Token);
        });
    }

    [SkippableFact]
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    public void On_windows_frames_are_not_kept_to_whole_milliseconds()
    {
        Skip.IfNot(OperatingSystem.IsWindows(), "Linux sleeps by whole milliseconds here, and exactly.");
        using HighResolutionTimer? timer = HighResolutionTimer.TryCreate();
        Assert.NotNull(timer);
        using CancellationTokenSource source = new();

        // In sum, for a busy machine may hold up any of them: 200 times 0.3 ms are 60 ms, and would be none or 200 ms in whole
        // milliseconds.
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < 200; i++)
            Assert.True(timer!.Sleep(300_000, source.Token));
        Assert.InRange(watch.ElapsedMilliseconds, 55, 60_000);
        Assert.True(timer!.Sleep(0, source.Token));
        source.Cancel();
        Assert.False(timer.Sleep(10_000_000_000, source.Token));
        Assert.False(timer.Sleep(0, source.Token));
    }

    [Fact]
    public void An_impossible_rate_is_refused() =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(() => new FrameClock(double.PositiveInfinity)).ErrorId);
}
