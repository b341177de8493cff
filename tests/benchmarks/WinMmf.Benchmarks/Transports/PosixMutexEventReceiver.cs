using System;
using WinMmf.Benchmarks.Transports.Native;

namespace WinMmf.Benchmarks.Transports;

/// <summary>
/// A mapping, a mutex and a condition variable: a reader. It copies, because using the frame in place would keep the publisher waiting.
/// </summary>
internal sealed unsafe class PosixMutexEventReceiver : IFrameReceiver
{
    private readonly MappedFile _map;
    private readonly FrameMemory _memory;
    private readonly byte* _mutex;
    private readonly byte* _condition;
    private long _last;

    public PosixMutexEventReceiver(string name, int frameLength)
    {
        _map = MappedFile.Open(name);
        _memory = new FrameMemory(frameLength);
        _mutex = _map.Address + MutexEventLayout.Mutex;
        _condition = _map.Address + MutexEventLayout.Condition;
    }

    public long PublishedAt => 0;

    public byte* WaitNext(bool spin)
    {
        long* number = (long*)(_map.Address + MutexEventLayout.Number);
        Pthread.Lock(_mutex);
        while (*number == _last)
            Pthread.Wait(_condition, _mutex);
        _last = *number;
        Buffer.MemoryCopy(_map.Address + MutexEventLayout.Data, _memory.Address, _memory.Length, _memory.Length);
        Pthread.Unlock(_mutex);
        return _memory.Address;
    }

    public bool Release() => true;

    public void Dispose()
    {
        _map.Dispose();
        _memory.Dispose();
    }
}
