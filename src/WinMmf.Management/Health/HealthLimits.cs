using System;
using WinMmf.Frames;

namespace WinMmf.Management.Health;

/// <summary>What a publisher has to keep, and how long to look at it.</summary>
/// <param name="maxAge">
/// The oldest that the newest frame may be; null: <see cref="DefaultMaxAge"/>, or three intervals of a slow source.
/// </param>
/// <param name="minFrameRate">The fewest frames a second; null: any number.</param>
/// <param name="sample">How long to count frames; zero where no rate is wanted.</param>
internal sealed class HealthLimits(TimeSpan? maxAge, double? minFrameRate, TimeSpan sample)
{
    /// <summary>How old a frame may be by default, in seconds.</summary>
    public const double DefaultMaxAgeSec = 5;

    /// <summary>How long frames are counted by default, in seconds.</summary>
    public const double DefaultSampleSec = 1;

    private const double LongestSampleSec = 30;
    private const double WantedFrames = 3;

    /// <summary>How old a frame may be by default.</summary>
    public static TimeSpan DefaultMaxAge { get; } = TimeSpan.FromSeconds(DefaultMaxAgeSec);

    /// <summary>The fewest frames a second; null: any number.</summary>
    public double? MinFrameRate { get; } = minFrameRate;

    /// <summary>How long to count frames: a few of them, where few come.</summary>
    public TimeSpan Sample { get; } = minFrameRate is double rate and > 0 && sample.TotalSeconds * rate < WantedFrames
        ? TimeSpan.FromSeconds(Math.Max(sample.TotalSeconds, Math.Min(LongestSampleSec, WantedFrames / rate)))
        : sample;

    /// <summary>The oldest that the newest frame of a channel may be.</summary>
    public TimeSpan MaxAgeOf(ChannelReport channel)
    {
        if (maxAge is TimeSpan given)
            return given;
        double slow = channel.FrameRate > 0 ? WantedFrames / channel.FrameRate : 0;
        return slow > DefaultMaxAgeSec ? TimeSpan.FromSeconds(Math.Min(slow, TimeSpan.MaxValue.TotalSeconds / 2)) : DefaultMaxAge;
    }
}
