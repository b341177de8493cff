using System;
using WinMmf.Frames;
using WinMmf.Viewer.Channels;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>States in words.</summary>
public sealed class ChannelWordsTests
{
    [Theory]
    [InlineData(ChannelState.Live, 30, 0.1, "Live", "Live.")]
    [InlineData(ChannelState.Live, 30, 1.9, "Live", "Live.")]
    [InlineData(ChannelState.Live, 30, 12, "Frozen", "Frozen: the publisher runs, but no new frame comes; the last frame is 12 s old.")]
    [InlineData(ChannelState.Live, 0.1, 40, "Live", "Live.")]
    [InlineData(ChannelState.Live, 0.1, 51, "Frozen", "Frozen: the publisher runs, but no new frame comes; the last frame is 51 s old.")]
    [InlineData(ChannelState.Live, 0, 3, "Frozen", "Frozen: the publisher runs, but no new frame comes; the last frame is 3 s old.")]
    [InlineData(ChannelState.Starting, 30, -1, "Waiting", "Starting: the publisher has not published a frame yet.")]
    [InlineData(ChannelState.Stopped, 30, 180, "Stale", "Stopped: the publisher has ended; the last frame is 3 min old.")]
    [InlineData(ChannelState.Stopped, 30, -1, "Stale", "Stopped: the publisher has ended; there is no frame.")]
    [InlineData(ChannelState.Failed, 30, 1, "Stale", "Failed: the source ended in an error; the last frame is 1 s old.")]
    [InlineData(ChannelState.Stalled, 30, 1, "Stale", "Stalled: the publisher's process shows no sign of life; the last frame is 1 s old.")]
    [InlineData(ChannelState.Dead, 30, 10800, "Stale", "Dead: the publisher's process was killed or crashed; the last frame is 3 h old.")]
    public void Health_and_words_follow_from_state_rate_and_age(
        ChannelState state, double rate, double seconds, string health, string words)
    {
        TimeSpan? age = seconds < 0 ? null : TimeSpan.FromSeconds(seconds);
        Assert.Equal(health, ChannelWords.HealthOf(state, rate, age).ToString());
        Assert.Equal(words, ChannelWords.Describe(state, rate, age));
    }
}
