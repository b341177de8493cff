using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Time;

namespace WinMmf.Platform;

/// <summary>
/// The one thread of a process that looks after its channels: heartbeats, wakes that are owed, readers that come and go (protocol 5.8). It
/// sleeps in one system call; a timer of the thread pool would wake a second thread, which spins. While no channel has work for it, it
/// <em>rests</em>: it sleeps four times as long.
/// </summary>
internal abstract class ServiceLoop
{
    private const int NanosecondsInMillisecond = 1_000_000;
    private const long TickNanoseconds = 100L * NanosecondsInMillisecond;

    /// <summary>Less than the 500 ms after which a heartbeat is late (protocol, offset 404 of control).</summary>
    private const long RestNanoseconds = 400L * NanosecondsInMillisecond;

    private readonly object _gate = new();

    /// <summary>Held while ticks run, so that who has left is not called any more.</summary>
    private readonly object _ticking = new();
    private IServiced[] _serviced = [];
    private bool _isRunning;
    private int _isResting;

    /// <summary>True if <see cref="Interrupt"/> works, or no channel ever needs it.</summary>
    protected abstract bool CanRest { get; }

    /// <summary>The present time, monotonic nanoseconds.</summary>
    protected virtual long Now => MonotonicClock.Now;

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

    /// <summary>
    /// Makes sure that the next tick comes within 100 ms. It costs a system call only while the thread rests, and never waits.
    /// </summary>
    public void EndRest()
    {
        if (Volatile.Read(ref _isResting) != 0 && Interlocked.Exchange(ref _isResting, 0) != 0)
            Interrupt();
    }

    /// <summary>Runs something while no tick and no event runs.</summary>
    protected void RunBetweenTicks(Action action)
    {
        lock (_ticking)
            action();
    }

    /// <summary>Sleeps, and handles what the system reports meanwhile; returns early then.</summary>
    protected abstract void Wait(int milliseconds);

    /// <summary>Ends <see cref="Wait"/>, now or when it begins.</summary>
    protected abstract void Interrupt();

    private void Run()
    {
        long due = Now;
        while (true)
        {
            long now = Now;
            due = now >= due ? now + TickAll(now) : Math.Min(due, now + TickNanoseconds);
            Wait((int)Math.Max(1, ((due - now) / NanosecondsInMillisecond) + 1));
            Volatile.Write(ref _isResting, 0);
            lock (_gate)
            {
                if (_serviced.Length != 0)
                    continue;
                _isRunning = false;
                return;
            }
        }
    }

    /// <summary>Calls all channels. For how long they do not need to be called again, in nanoseconds.</summary>
    private long TickAll(long now)
    {
        lock (_ticking)
        {
            IServiced[] serviced = Volatile.Read(ref _serviced);
            foreach (IServiced channel in serviced)
                channel.Tick(now);
            if (!CanRest)
                return TickNanoseconds;
            Volatile.Write(ref _isResting, 1);

            // Full fence. Partner: the one after newest in SlotPublisher.MakeNewest. Either the thread that publishes sees that this one
            // rests, and ends that if it owes a wake, or IServiced.MayRest sees that it is publishing.
            Thread.MemoryBarrier();
            if (Array.TrueForAll(serviced, static channel => channel.MayRest))
                return RestNanoseconds;
            Volatile.Write(ref _isResting, 0);
            return TickNanoseconds;
        }
    }
}
