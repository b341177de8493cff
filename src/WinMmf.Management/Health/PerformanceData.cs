using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Frames;

namespace WinMmf.Management.Health;

/// <summary>
/// Figures in the form of the Monitoring Plugins guidelines: <c>label=value[unit];warning;critical;least;most</c>, with blanks between
/// them. Each ends at its last part; a range <c>25:</c> says that less than 25 is worth an alarm.
/// </summary>
internal static class PerformanceData
{
    private const string Unknown = "U";

    /// <summary>The figures of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="age">How old its newest frame is; null if it has none.</param>
    /// <param name="frameRate">Frames a second as they were counted; null if they were not.</param>
    /// <param name="limits">What they are held against.</param>
    public static string Of(ChannelReport channel, TimeSpan? age, double? frameRate, HealthLimits limits)
    {
        string old = age is TimeSpan known ? Number(known.TotalSeconds) + "s" : Unknown;
        List<string> figures = [$"age={old};;{Number(limits.MaxAgeOf(channel).TotalSeconds)};0"];
        if (frameRate is not null || limits.MinFrameRate is not null)
        {
            string least = limits.MinFrameRate is double min ? Number(min) + ":" : "";
            figures.Add($"rate={(frameRate is double rate ? Number(rate) : Unknown)};{least};;0");
        }

        figures.Add($"published={Count(channel.Counters.Published)}");
        figures.Add($"dropped={Count(channel.Counters.Dropped)}");
        figures.Add($"restarts={Count(channel.Counters.SourceRestarts)}");
        return string.Join(" ", figures);
    }

    private static string Count(long value) => value.ToString(CultureInfo.InvariantCulture) + "c";

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
