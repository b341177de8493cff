using WinMmf.Frames;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A WinMmf channel's reader that uses frames in place.</summary>
internal sealed unsafe class ChannelLeaseReceiver : IFrameReceiver
{
    private readonly FrameReader _reader;
    private FrameLease _lease;
    private long _last;

    public ChannelLeaseReceiver(string name) => _reader = FrameReader.Open(name);

    public long PublishedAt => _lease.Info.PublishedAt;

    public byte* WaitNext(bool spin)
    {
        do
            ChannelWait.Newer(_reader, _last, spin);
        while (!_reader.TryLeaseNewest(out _lease));
        _last = _lease.Info.FrameNumber;
        return (byte*)_lease.Address;
    }

    public bool Release() => _lease.End();

    public void Dispose() => _reader.Dispose();
}
