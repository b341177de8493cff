using WinMmf.Frames;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A WinMmf channel's reader that copies frames.</summary>
internal sealed unsafe class ChannelCopyReceiver : IFrameReceiver
{
    private readonly FrameReader _reader;
    private readonly FrameMemory _memory;
    private long _last;

    public ChannelCopyReceiver(string name, int frameLength)
    {
        _reader = FrameReader.Open(name);
        _memory = new FrameMemory(frameLength);
    }

    public long PublishedAt { get; private set; }

    public byte* WaitNext(bool spin)
    {
        FrameInfo info;
        do
            ChannelWait.Newer(_reader, _last, spin);
        while (_reader.TryCopyNewest((nint)_memory.Address, _memory.Length, out info) != FrameReadStatus.Ok || info.FrameNumber <= _last);
        _last = info.FrameNumber;
        PublishedAt = info.PublishedAt;
        return _memory.Address;
    }

    public bool Release() => true;

    public void Dispose()
    {
        _reader.Dispose();
        _memory.Dispose();
    }
}
