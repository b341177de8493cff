using System;
using WinMmf.Benchmarks.Transports.Native;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A mapping, a mutex and a condition variable: the publisher.</summary>
internal sealed unsafe class PosixMutexEventSender : IFrameSender
{
    private readonly MappedFile _map;
    private readonly byte* _mutex;
    private readonly byte* _condition;

    public PosixMutexEventSender(string name, int frameLength)
    {
        _map = MappedFile.Create(name, MutexEventLayout.Data + frameLength);
        _mutex = _map.Address + MutexEventLayout.Mutex;
        _condition = _map.Address + MutexEventLayout.Condition;
        Pthread.Initialise(_mutex, _condition);
    }

    public void Connect()
    {
        // Readers come and go.
    }

    public void Send(byte* frame, int length)
    {
        Pthread.Lock(_mutex);
        Buffer.MemoryCopy(frame, _map.Address + MutexEventLayout.Data, length, length);
        ++*(long*)(_map.Address + MutexEventLayout.Number);
        Pthread.Unlock(_mutex);

        // After the unlock, so that the woken reader does not block on the mutex.
        Pthread.WakeAll(_condition);
    }

    public void Dispose() => _map.Dispose();
}
