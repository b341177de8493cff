using System;
using System.Threading;
using WinMmf.Capture.Platform;
using WinMmf.Errors;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>
/// Paces a source without drift: frame <em>n</em> is due at start + n ÷ rate, however long the frames before it took. A source that is late
/// by whole frames skips them, and they are counted.
/// </summary>
public sealed class FrameClock : IDisposable
{
    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;
    private readonly double _period;
    private readonly IFrameTimer? _timer;
    private long _start;
    private long _ticks;

    /// <summary>Makes a clock; it starts with the first <see cref="WaitNext"/>.</summary>
    /// <param name="frameRate">Frames a second, above 0.</param>
    public FrameClock(double frameRate)
    {
        if (double.IsNaN(frameRate) || frameRate is <= 0 or > 1_000_000)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"A frame rate of {frameRate} per second is impossible. Give more than 0 and at most 1,000,000.");
        _period = Second / frameRate;
        _timer = CapturePlatform.Current.TryCreateTimer();
    }

    /// <summary>Frames left out because they were late.</summary>
    public long Skipped { get; private set; }

    /// <summary>Waits until the next frame is due.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the token was cancelled.</returns>
    public bool WaitNext(CancellationToken cancellationToken)
    {
        long now = MonotonicClock.Now;
        if (_start == 0)
        {
            _start = now;
            _ticks = 1;
            return !cancellationToken.IsCancellationRequested;
        }

        long behind = Advance(now);
        Skipped += behind;

        long left = _start + (long)(_ticks * _period) - now;
        _ticks++;
        if (_timer is not null)
            return left > 0 ? _timer.Sleep(left, cancellationToken) : !cancellationToken.IsCancellationRequested;

        // Without a timer the system sleeps in whole milliseconds, so a frame may be up to half a millisecond early; the next one
        // compensates.
        int milliseconds = (int)Math.Min(int.MaxValue, (left + (Millisecond / 2)) / Millisecond);
        return milliseconds > 0 ? !cancellationToken.WaitHandle.WaitOne(milliseconds) : !cancellationToken.IsCancellationRequested;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    /// <summary>
    /// Advances to the last frame that is due by now, unless the next one is still to come; returns how many were skipped.
    /// </summary>
    private long Advance(long now)
    {
        long due = (long)((now - _start) / _period);
        long behind = Math.Max(0, due - _ticks);
        _ticks += behind;
        return behind;
    }
}
