using System;
using System.Threading;

namespace WinMmf.Time;

/// <summary>
/// The moment at which a wait ends. Every wait counts by one: zero is over at once, <see cref="Timeout.InfiniteTimeSpan"/> never,
/// a time-out that the clock cannot count is never over either, and other negative ones are refused.
/// </summary>
internal readonly struct Deadline
{
    private const long NanosecondsPerTick = 100;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private readonly long _at;

    private Deadline(long at) => _at = at;

    /// <summary>It does not come.</summary>
    public static Deadline Never => new(long.MaxValue);

    /// <summary>True if it does not come.</summary>
    public bool IsNever => _at == long.MaxValue;

    /// <summary>True from then on.</summary>
    public bool IsOver => !IsNever && MonotonicClock.Now >= _at;

    /// <summary>Time until then, to be handed on: zero if it is over, <see cref="Timeout.InfiniteTimeSpan"/> if it does not come.</summary>
    public TimeSpan Left => IsNever ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Nanoseconds / NanosecondsPerTick);

    private long Nanoseconds => IsNever ? long.MaxValue : Math.Max(0, _at - MonotonicClock.Now);

    /// <summary>A moment from now.</summary>
    /// <param name="timeout">How far away.</param>
    /// <param name="parameter">The caller's name for it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public static Deadline After(TimeSpan timeout, string parameter = "timeout")
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return Never;
        if (timeout < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(
                parameter, timeout, "A time-out is zero or more, or Timeout.InfiniteTimeSpan for no limit.");
        long now = MonotonicClock.Now;
        return timeout.Ticks > (long.MaxValue - now) / NanosecondsPerTick
            ? Never
            : new Deadline(now + (timeout.Ticks * NanosecondsPerTick));
    }

    /// <summary>Time until then, but not more than a slice.</summary>
    /// <param name="slice">The most.</param>
    public TimeSpan LeftUpTo(TimeSpan slice) => TimeSpan.FromTicks(Math.Min(slice.Ticks, Nanoseconds / NanosecondsPerTick));

    /// <summary>
    /// Milliseconds until then, rounded up, so that who sleeps for them does not wake too early; but not more than a slice.
    /// </summary>
    /// <param name="slice">The most.</param>
    public int MillisecondsUpTo(int slice)
    {
        long nanoseconds = Nanoseconds;
        return (int)Math.Min(slice, (nanoseconds / NanosecondsPerMillisecond) + (nanoseconds % NanosecondsPerMillisecond > 0 ? 1 : 0));
    }
}
