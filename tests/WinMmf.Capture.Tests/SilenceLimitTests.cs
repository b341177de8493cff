using System;
using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class SilenceLimitTests
{
    [Theory]
    [InlineData(null, true, 0, 5)]
    [InlineData(null, false, 0, 30)]
    [InlineData(null, true, 30, 5)]
    [InlineData(null, true, 0.01, 300)]
    [InlineData(null, false, 0.01, 300)]
    [InlineData(null, true, 0.0001, 3600)]
    [InlineData(0.5, true, 0.01, 0.5)]
    [InlineData(600.0, false, 30, 600)]
    public void A_slow_source_may_be_silent_for_three_of_its_frames_and_the_user_has_the_last_word(
        double? asked, bool isLive, double frameRate, double expected)
    {
        TimeSpan? limit = asked is double seconds ? TimeSpan.FromSeconds(seconds) : null;
        Assert.Equal(TimeSpan.FromSeconds(expected), SilenceLimit.For(limit, isLive, frameRate));
    }
}
