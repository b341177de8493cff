using System;
using WinMmf.Errors;

namespace WinMmf.Time;

/// <summary>Seconds as people give them, with a fraction.</summary>
internal static class Seconds
{
    /// <summary>As a span; what is longer than a span can be becomes the longest, and no less.</summary>
    /// <param name="seconds">Zero or more; infinity is allowed.</param>
    /// <exception cref="WinMmfException">InvalidArgument: negative, or not a number.</exception>
    public static TimeSpan ToTimeSpan(double seconds)
    {
        if (!(seconds >= 0))
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                FormattableString.Invariant($"{seconds} s is no time. Give zero or more seconds."));
        double ticks = seconds * TimeSpan.TicksPerSecond;
        return ticks >= long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)ticks);
    }
}
