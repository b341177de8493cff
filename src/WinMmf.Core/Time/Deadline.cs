using System;
using System.Threading;

namespace WinMmf.Time;

/// <summary>The moment at which a wait ends.</summary>
internal readonly struct Deadline
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10_000);
    private readonly long _at;

    /// <summary>A moment from now.</summary>
    /// <param name="timeout">How far away; <see cref="Timeout.InfiniteTimeSpan"/>: never.</param>
    public Deadline(TimeSpan timeout)
    {
        TimeSpan bounded = timeout == Timeout.InfiniteTimeSpan || timeout > Longest ? Longest : timeout;
        _at = MonotonicClock.Now + (Math.Max(0, bounded.Ticks) * 100);
    }

    /// <summary>Time until then; never negative.</summary>
    public TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, _at - MonotonicClock.Now) / 100);

    /// <summary>True from then on.</summary>
    public bool IsOver => MonotonicClock.Now >= _at;
}
