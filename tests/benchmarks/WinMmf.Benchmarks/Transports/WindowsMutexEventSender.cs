using System;
using System.Linq;
using System.Threading;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A mapping, a named mutex and an auto-reset event for each reader: the publisher.</summary>
internal sealed unsafe class WindowsMutexEventSender : IFrameSender
{
    private readonly MappedFile _map;
    private readonly Mutex _mutex;
    private readonly EventWaitHandle[] _events;

    public WindowsMutexEventSender(string name, int frameLength, int readers)
    {
        _map = MappedFile.Create(name, MutexEventLayout.Data + frameLength);
        _mutex = new Mutex(false, MutexName(name));
        _events = Enumerable.Range(0, readers).Select(i => new EventWaitHandle(false, EventResetMode.AutoReset, EventName(name, i)))
            .ToArray();
    }

    public static string MutexName(string name) => name + ".mutex";

    public static string EventName(string name, int reader) => $"{name}.event.{reader}";

    public void Connect()
    {
        // Readers come and go.
    }

    public void Send(byte* frame, int length)
    {
        _mutex.WaitOne();
        Buffer.MemoryCopy(frame, _map.Address + MutexEventLayout.Data, length, length);
        ++*(long*)(_map.Address + MutexEventLayout.Number);
        _mutex.ReleaseMutex();
        foreach (EventWaitHandle e in _events)
            e.Set();
    }

    public void Dispose()
    {
        foreach (EventWaitHandle e in _events)
            e.Dispose();
        _mutex.Dispose();
        _map.Dispose();
    }
}
