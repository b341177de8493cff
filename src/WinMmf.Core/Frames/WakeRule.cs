using WinMmf.Platform;

namespace WinMmf.Frames;

/// <summary>
/// When a publication wakes (protocol 7.3): if a row says that it sleeps, or if the last unconditional wake is a millisecond old. What is
/// left out is owed, and made up by the service thread. Rows that say they sleep while no reader is ever woken are not believed.
/// </summary>
internal sealed class WakeRule
{
    private const long UnconditionalNanoseconds = 1_000_000;
    private const int VainWakesAtMost = 8;

    private readonly PublisherRows _rows;
    private long _lastUnconditional;
    private volatile bool _isOwed;
    private volatile bool _isDeciding;

    public WakeRule(PublisherRows rows) => _rows = rows;

    /// <summary>
    /// True while readers without a row may not know of the newest frame yet. Written by both threads; a wake too much does no harm.
    /// </summary>
    public bool IsOwed
    {
        get => _isOwed;
        set => _isOwed = value;
    }

    /// <summary>
    /// True while a publication may still come to owe a wake. It says so before the full fence after <c>newest</c>, and ends it when
    /// <see cref="IsOwed"/> says what it owes.
    /// </summary>
    public bool IsDeciding
    {
        get => _isDeciding;
        set => _isDeciding = value;
    }

    /// <summary>True if an unconditional wake, and a look at claims, is due.</summary>
    public bool IsDue(long now) => now - _lastUnconditional >= UnconditionalNanoseconds;

    /// <summary>Wakes after a publication, if need be.</summary>
    /// <param name="rows">The rows that were looked at.</param>
    /// <param name="sleeping">Which of them say that they sleep.</param>
    /// <param name="now">Monotonic nanoseconds.</param>
    /// <returns>How many were woken.</returns>
    public int Wake(PublisherRow[] rows, ulong sleeping, long now)
    {
        bool isDue = IsDue(now);
        if (isDue)
        {
            _lastUnconditional = now;
            if (!_rows.CanWakeAnybody && sleeping == 0)
                return 0;
        }
        else
        {
            sleeping = Believed(rows, sleeping);
            if (sleeping == 0)
            {
                if (_rows.CanWakeAnybody)
                {
                    IsOwed = true;
                    _rows.EndRest();
                }

                return 0;
            }
        }

        IsOwed = false;
        int woken = _rows.Wake(sleeping);
        if (sleeping != 0 && woken >= 0)
            Remember(rows, sleeping, isVain: woken == 0);
        return woken < 0 ? Count(sleeping) : woken;
    }

    private static ulong Believed(PublisherRow[] rows, ulong sleeping)
    {
        if (sleeping == 0)
            return 0;
        foreach (PublisherRow row in rows)
        {
            if (row.VainWakes >= VainWakesAtMost)
                sleeping &= ~(1UL << row.Number);
        }

        return sleeping;
    }

    private static void Remember(PublisherRow[] rows, ulong sleeping, bool isVain)
    {
        foreach (PublisherRow row in rows)
        {
            bool saidSo = (sleeping & (1UL << row.Number)) != 0;
            row.VainWakes = saidSo && isVain ? row.VainWakes + 1 : 0;
        }
    }

    private static int Count(ulong rows)
    {
        int count = 0;
        for (; rows != 0; rows &= rows - 1)
            count++;
        return count;
    }
}
