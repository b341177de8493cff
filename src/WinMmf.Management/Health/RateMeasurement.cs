using System;
using WinMmf.Frames;

namespace WinMmf.Management.Health;

/// <summary>Frames a second, from two looks at a channel.</summary>
internal static class RateMeasurement
{
    private const double FewestFrames = 2;

    /// <summary>
    /// Counts by the frames' own times, so that a short look gives an exact rate; time without a frame counts as soon as it is longer than
    /// two intervals.
    /// </summary>
    /// <param name="first">The channel at the first look.</param>
    /// <param name="last">The same name at the second.</param>
    /// <param name="passed">The time between them.</param>
    /// <param name="wanted">The least rate that matters; null: none.</param>
    /// <returns>Frames a second; null if so few come that nothing can be said, or if it is another channel.</returns>
    public static double? Of(ChannelReport first, ChannelReport last, TimeSpan passed, double? wanted)
    {
        if (first.CreatedAt != last.CreatedAt || last.Newest is not FrameInfo newest)
            return null;
        long frames = newest.FrameNumber - (first.Newest?.FrameNumber ?? 0);
        if (frames <= 0)
            return Math.Max(first.FrameRate, wanted ?? 0) * passed.TotalSeconds >= FewestFrames ? 0 : null;
        double seconds = first.Newest is FrameInfo old ? (newest.PublishedAt - old.PublishedAt) / 1e9 : passed.TotalSeconds;
        if (seconds <= 0)
            seconds = passed.TotalSeconds;
        double age = newest.Age.TotalSeconds;
        return frames / (age > 2 * seconds / frames ? seconds + age : seconds);
    }
}
