using System;
using System.Threading;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>
/// Reads a child's output, and kills a child that writes nothing for too long: a stopped process, a dead link or a
/// camera that hangs shows only by time (design P4).
/// </summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly ChildProgram _child;
    private readonly TimeSpan _startLimit;
    private readonly TimeSpan _limit;
    private readonly Timer _timer;
    private long _waitingSince;
    private bool _hasBegun;
    private volatile bool _isBroken;

    /// <summary>Watches from now on.</summary>
    /// <param name="child">The child.</param>
    /// <param name="startLimit">The longest silence before its first byte.</param>
    /// <param name="limit">The longest silence after it.</param>
    public SilenceWatch(ChildProgram child, TimeSpan startLimit, TimeSpan limit)
    {
        _child = child;
        _startLimit = startLimit;
        _limit = limit;
        TimeSpan period = TimeSpan.FromMilliseconds(
            Math.Clamp(Math.Min(startLimit.TotalMilliseconds, limit.TotalMilliseconds) / 4, 20, 1000));
        _timer = new Timer(static state => ((SilenceWatch)state!).Look(), this, period, period);
    }

    /// <summary>True if the child was killed because it was silent.</summary>
    public bool WasSilent => _isBroken;

    /// <summary>How long it was allowed to be silent.</summary>
    public TimeSpan Limit => _hasBegun ? _limit : _startLimit;

    /// <summary>Reads what there is, at least one byte; 0 at the end.</summary>
    public int Read(Span<byte> buffer)
    {
        // Only the time of waiting for the child counts; delays in the publisher do not.
        Volatile.Write(ref _waitingSince, MonotonicClock.Now);
        int read = _child.Output.Read(buffer);
        Volatile.Write(ref _waitingSince, 0);
        _hasBegun |= read > 0;
        return read;
    }

    /// <summary>Watches no longer.</summary>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long since = Volatile.Read(ref _waitingSince);
        if (since == 0 || TimeSpan.FromTicks((MonotonicClock.Now - since) / 100) < Limit)
            return;
        _isBroken = true;
        _child.Kill();
    }
}
