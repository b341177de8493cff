using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Sleeps in epoll, so that readers who knock or hang up are served at once.</summary>
internal sealed class LinuxServiceLoop : ServiceLoop
{
    private const int MostEvents = 64;

    private readonly object _gate = new();
    private readonly Dictionary<long, Action> _handlers = [];
    private readonly long[] _keys = new long[MostEvents];
    private DescriptorHandle? _watch;
    private DescriptorHandle? _interrupt;
    private long _lastKey;

    protected override bool CanRest
    {
        get
        {
            lock (_gate)
                return _interrupt is not null;
        }
    }

    /// <summary>Calls a handler whenever something happens to a descriptor; 0 or an errno.</summary>
    /// <param name="descriptor">The descriptor; unwatched before it is closed.</param>
    /// <param name="events">What to watch for, hang-up apart, which is always told.</param>
    /// <param name="handler">Called on the service thread, between ticks.</param>
    /// <param name="key">By which to take it out.</param>
    public int Watch(DescriptorHandle descriptor, uint events, Action handler, out long key)
    {
        lock (_gate)
        {
            key = 0;
            if (_watch is null)
            {
                int noWatch = Libc.CreateWatch(out DescriptorHandle watch);
                if (noWatch != 0)
                    return noWatch;
                _watch = watch;
                WatchForInterrupt(watch);
            }

            return WatchLocked(_watch, descriptor, events, handler, out key);
        }
    }

    /// <summary>Ends it. When this returns, the handler does not run, unless this is its own call.</summary>
    public void Unwatch(DescriptorHandle descriptor, long key) => RunBetweenTicks(() =>
    {
        lock (_gate)
        {
            if (_handlers.Remove(key))
                Libc.Unwatch(_watch!, descriptor);
        }
    });

    /// <summary>Runs something while neither ticks nor handlers run.</summary>
    public void RunAlone(Action action) => RunBetweenTicks(action);

    protected override void Interrupt()
    {
        lock (_gate)
        {
            if (_interrupt is not null)
                Libc.Signal(_interrupt);
        }
    }

    protected override void Wait(int milliseconds)
    {
        DescriptorHandle? watch;
        lock (_gate)
            watch = _watch;
        if (watch is null)
        {
            Thread.Sleep(milliseconds);
            return;
        }

        int count = Libc.WaitForEvents(watch, _keys, milliseconds);
        if (count == 0)
            return;
        RunBetweenTicks(() =>
        {
            for (int i = 0; i < count; i++)
            {
                Action? handler;
                lock (_gate)
                    _handlers.TryGetValue(_keys[i], out handler);
                handler?.Invoke();
            }
        });
    }

    private int WatchLocked(DescriptorHandle watch, DescriptorHandle descriptor, uint events, Action handler, out long key)
    {
        key = ++_lastKey;
        int error = Libc.Watch(watch, descriptor, events, key);
        if (error == 0)
            _handlers.Add(key, handler);
        return error;
    }

    /// <summary>Without this descriptor the thread does not rest, and all else works.</summary>
    private void WatchForInterrupt(DescriptorHandle watch)
    {
        if (Libc.CreateSignal(out DescriptorHandle signal) == 0
            && WatchLocked(watch, signal, Libc.EventReadable, () => Libc.ResetSignal(signal), out _) == 0)
            _interrupt = signal;
        else
            signal.Dispose();
    }
}
