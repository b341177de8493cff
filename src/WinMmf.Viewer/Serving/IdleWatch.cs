using System;
using System.Threading;

namespace WinMmf.Viewer.Serving;

/// <summary>Tells when the last client has been gone for a time. Who receives a stream is a client for as long as it lasts.</summary>
internal sealed class IdleWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _limit;
    private readonly Action _onIdle;
    private readonly ITimer _timer;
    private int _requests;

    /// <summary>Begins to watch; the time counts from now.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="limit">How long without a client.</param>
    /// <param name="onIdle">Called once the time has passed, on a thread of the pool.</param>
    public IdleWatch(TimeProvider time, TimeSpan limit, Action onIdle)
    {
        _limit = limit;
        _onIdle = onIdle;
        _timer = time.CreateTimer(static state => ((IdleWatch)state!).End(), this, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A request begins.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (_requests++ == 0)
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A request has ended.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_requests == 0)
                _timer.Change(_limit, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void End()
    {
        // A request may have begun while the timer fired.
        lock (_gate)
        {
            if (_requests > 0)
                return;
        }

        _onIdle();
    }
}
