using System.Collections.Generic;
using System.Threading;
using WinMmf.Time;

namespace WinMmf.Platform;

/// <summary>
/// The one thread of a process that looks after its channels: heartbeats, wakes that are owed, readers that come and go (protocol 5.8). It
/// sleeps in one system call; a timer of the thread pool would wake a second thread, which spins.
/// </summary>
internal abstract class ServiceLoop
{
    private const int TickMilliseconds = 100;
    private const long TickNanoseconds = TickMilliseconds * 1_000_000L;

    private readonly object _gate = new();

    /// <summary>Held while ticks run, so that who has left is not called any more.</summary>
    private readonly object _ticking = new();
    private IServiced[] _serviced = [];
    private bool _isRunning;

    /// <summary>Begins to look after a channel.</summary>
    public void Add(IServiced channel)
    {
        lock (_gate)
        {
            List<IServiced> serviced = [.. _serviced, channel];
            _serviced = [.. serviced];
            if (_isRunning)
                return;
            _isRunning = true;
            Thread thread = new(Run) { IsBackground = true, Name = "WinMmf channels" };
            thread.Start();
        }
    }

    /// <summary>Ends it. When this returns, the channel is not called any more, unless this is its own call.</summary>
    public void Remove(IServiced channel)
    {
        lock (_ticking)
            lock (_gate)
            {
                List<IServiced> serviced = [.. _serviced];
                serviced.Remove(channel);
                _serviced = [.. serviced];
            }
    }

    /// <summary>Runs something while no tick and no event runs.</summary>
    protected void RunBetweenTicks(System.Action action)
    {
        lock (_ticking)
            action();
    }

    /// <summary>Sleeps, and handles what the system reports meanwhile.</summary>
    protected abstract void Wait(int milliseconds);

    private void Run()
    {
        long next = MonotonicClock.Now;
        while (true)
        {
            long now = MonotonicClock.Now;
            if (now >= next)
            {
                next = now + TickNanoseconds;
                lock (_ticking)
                {
                    foreach (IServiced channel in Volatile.Read(ref _serviced))
                        channel.Tick(now);
                }
            }

            Wait((int)System.Math.Max(1, ((next - now) / 1_000_000) + 1));
            lock (_gate)
            {
                if (_serviced.Length != 0)
                    continue;
                _isRunning = false;
                return;
            }
        }
    }
}
