using System;
using System.Threading;

namespace WinMmf.Benchmarks.Transports;

/// <summary>
/// One buffer behind winmmf's lock: a reader. No writer wakes it, so it polls: at once when it spins, every millisecond when it sleeps.
/// </summary>
internal sealed unsafe class WinmmfReceiver : IFrameReceiver
{
    private readonly MappedFile _map;
    private readonly FrameMemory _memory;
    private long _last;

    public WinmmfReceiver(string name, int frameLength)
    {
        _map = MappedFile.Open(name);
        _memory = new FrameMemory(frameLength);
    }

    public long PublishedAt => 0;

    public byte* WaitNext(bool spin)
    {
        byte* data = _map.Address + WinmmfWord.DataOffset;
        while (true)
        {
            WinmmfWord.LockRead(_map.Address);
            bool isNew = FrameHeader.Number(data) != _last;
            if (isNew)
            {
                _last = FrameHeader.Number(data);
                Buffer.MemoryCopy(data, _memory.Address, _memory.Length, _memory.Length);
            }

            WinmmfWord.UnlockRead(_map.Address);
            if (isNew)
                return _memory.Address;
            if (spin)
                Thread.SpinWait(1);
            else
                Thread.Sleep(1);
        }
    }

    public bool Release() => true;

    public void Dispose()
    {
        _map.Dispose();
        _memory.Dispose();
    }
}
