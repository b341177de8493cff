using System;
using System.Threading;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A mapping, a named mutex and an event: a reader.</summary>
internal sealed unsafe class WindowsMutexEventReceiver : IFrameReceiver
{
    private readonly MappedFile _map;
    private readonly FrameMemory _memory;
    private readonly Mutex _mutex;
    private readonly EventWaitHandle _event;
    private long _last;

    public WindowsMutexEventReceiver(string name, int frameLength, int reader)
    {
        _map = MappedFile.Open(name);
        _memory = new FrameMemory(frameLength);
        _mutex = new Mutex(false, WindowsMutexEventSender.MutexName(name));
        _event = new EventWaitHandle(false, EventResetMode.AutoReset, WindowsMutexEventSender.EventName(name, reader));
    }

    public long PublishedAt => 0;

    public byte* WaitNext(bool spin)
    {
        long* number = (long*)(_map.Address + MutexEventLayout.Number);
        while (true)
        {
            _event.WaitOne();
            _mutex.WaitOne();
            bool isNew = *number != _last;
            if (isNew)
            {
                _last = *number;
                Buffer.MemoryCopy(_map.Address + MutexEventLayout.Data, _memory.Address, _memory.Length, _memory.Length);
            }

            _mutex.ReleaseMutex();
            if (isNew)
                return _memory.Address;
        }
    }

    public bool Release() => true;

    public void Dispose()
    {
        _event.Dispose();
        _mutex.Dispose();
        _map.Dispose();
        _memory.Dispose();
    }
}
