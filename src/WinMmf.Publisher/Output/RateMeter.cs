using WinMmf.Time;

namespace WinMmf.Publisher.Output;

/// <summary>Frames a second between two looks.</summary>
internal sealed class RateMeter
{
    private long _lastCount;
    private long _lastTime = MonotonicClock.Now;
    private double _rate;

    /// <summary>The rate since the look before; a look within 100 ms gives the rate of the one before.</summary>
    public double Look(long count)
    {
        long now = MonotonicClock.Now;
        long passed = now - _lastTime;
        if (passed < 100_000_000)
            return _rate;
        double rate = (count - _lastCount) * 1e9 / passed;
        (_lastCount, _lastTime, _rate) = (count, now, rate);
        return rate;
    }
}
