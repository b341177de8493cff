using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.PowerShell.Frames;
using Xunit;

namespace WinMmf.PowerShell.Tests.Frames;

public sealed class FrameWatchTests
{
    [Fact]
    public void Ends_at_the_count()
    {
        using TestCamera camera = new();
        using FrameStream stream = camera.Follow();
        FrameWatch watch = new(stream) { Count = 2, Timeout = TimeSpan.FromSeconds(30) };
        for (byte i = 1; i <= 2; i++)
        {
            camera.Publish(i);
            Assert.True(watch.TryNext(out StreamedFrame frame, CancellationToken.None));
            Assert.Equal(i, frame.Info.FrameNumber);
        }

        camera.Publish(3);
        Assert.False(watch.TryNext(out _, CancellationToken.None));
        Assert.Equal(2, watch.Given);
    }

    [Fact]
    public void Ends_at_the_duration_though_nothing_comes()
    {
        using TestCamera camera = new();
        using FrameStream stream = camera.Follow();
        Stopwatch stopwatch = Stopwatch.StartNew();
        Assert.False(new FrameWatch(stream) { Duration = TimeSpan.FromMilliseconds(300) }.TryNext(out _, CancellationToken.None));
        Assert.InRange(stopwatch.ElapsedMilliseconds, 290, 15_000);
    }

    [Fact]
    public void Silence_is_told_once_and_too_long_a_one_is_an_error_that_says_how_the_channel_is()
    {
        using TestCamera camera = new();
        using FrameStream stream = camera.Follow();
        List<ChannelState> told = [];
        FrameWatch watch =
            new(stream) { Timeout = TimeSpan.FromSeconds(4), ReportSilenceAfter = TimeSpan.FromMilliseconds(50), Silent = told.Add };
        WinMmfException e = Assert.Throws<WinMmfException>(() => watch.TryNext(out _, CancellationToken.None));
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
        Assert.Contains("Starting", e.Message);
        Assert.Equal([ChannelState.Starting], told);
    }

    [Fact]
    public void Ctrl_C_ends_it()
    {
        using TestCamera camera = new();
        using FrameStream stream = camera.Follow();
        using CancellationTokenSource source = new(200);
        Assert.ThrowsAny<OperationCanceledException>(() => new FrameWatch(stream).TryNext(out _, source.Token));
    }
}
