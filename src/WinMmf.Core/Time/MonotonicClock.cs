using System;
using System.Diagnostics;

namespace WinMmf.Time;

/// <summary>
/// The clock of the protocol: nanoseconds that never go back and that all processes of a machine share
/// (<c>CLOCK_MONOTONIC</c> on Linux, the performance counter on Windows).
/// </summary>
public static class MonotonicClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long UnixEpochTicks = 621_355_968_000_000_000;
    private static readonly long Frequency = Stopwatch.Frequency;

    /// <summary>Now, in nanoseconds.</summary>
    public static long Now
    {
        get
        {
            long ticks = Stopwatch.GetTimestamp();

            // Whole seconds separately: ticks × 10⁹ would overflow within hours.
            long seconds = ticks / Frequency;
            return (seconds * NanosecondsPerSecond) + (ticks % Frequency * NanosecondsPerSecond / Frequency);
        }
    }

    /// <summary>Unix time (nanoseconds since 1970-01-01 UTC) minus monotonic time, now.</summary>
    public static long UnixOffset => UnixNow - Now;

    /// <summary>Unix time, nanoseconds since 1970-01-01 UTC.</summary>
    public static long UnixNow => (DateTime.UtcNow.Ticks - UnixEpochTicks) * 100;

    /// <summary>Turns Unix nanoseconds into a UTC date; values beyond a date's range give its nearest end.</summary>
    /// <param name="unixNanoseconds">Nanoseconds since 1970-01-01 UTC.</param>
    public static DateTime ToUtc(long unixNanoseconds)
    {
        long ticks = UnixEpochTicks + (unixNanoseconds / 100);
        return new DateTime(Math.Max(DateTime.MinValue.Ticks, Math.Min(DateTime.MaxValue.Ticks, ticks)), DateTimeKind.Utc);
    }
}
