using System;

namespace WinMmf.Benchmarks.Transports;

/// <summary>One buffer behind winmmf's lock: the publisher.</summary>
internal sealed unsafe class WinmmfSender : IFrameSender
{
    private readonly MappedFile _map;

    public WinmmfSender(string name, int frameLength) => _map = MappedFile.Create(name, WinmmfWord.DataOffset + frameLength);

    public void Connect()
    {
        // Readers come and go.
    }

    public void Send(byte* frame, int length)
    {
        WinmmfWord.LockWrite(_map.Address);
        Buffer.MemoryCopy(frame, _map.Address + WinmmfWord.DataOffset, length, length);
        WinmmfWord.UnlockWrite(_map.Address);
    }

    public void Dispose() => _map.Dispose();
}
