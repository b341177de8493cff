using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.Capture.Tests;

/// <summary>A channel of its own that a source is pumped into, and what a reader sees of it.</summary>
internal sealed class Channel : IDisposable
{
    private readonly FrameReader _reader;
    private readonly NativeBytes _buffer = new(4 << 20);

    public Channel()
    {
        SharedName name = new($"test.capture.{Guid.NewGuid():N}", NameScope.Local);
        Writer = FrameWriter.Create(new FrameChannelOptions(name) { PayloadCapacity = 1 << 16 });
        _reader = FrameReader.Open(name.Name, NameScope.Local);
    }

    public FrameWriter Writer { get; }

    public ChannelState State => _reader.State;

    public List<string> Hashes { get; } = [];

    public FrameInfo Last { get; private set; }

    /// <summary>Pumps a prepared source and hashes each frame as a reader gets it.</summary>
    public FramePump Pump(FrameSource source, CancellationToken cancellationToken = default, Action<FramePump>? configure = null)
    {
        FramePump pump = new(source, Writer);
        pump.Progress = () =>
        {
            if (_reader.TryCopyAfter(Last.FrameNumber, _buffer.Span, out FrameInfo info) != FrameReadStatus.Ok)
                return;
            Last = info;
            Hashes.Add(Convert.ToHexString(SHA256.HashData(_buffer.Span[..info.Format.PayloadLength])));
        };
        configure?.Invoke(pump);
        pump.Run(cancellationToken);
        return pump;
    }

    /// <summary>The first bytes of the last frame that was read.</summary>
    public byte[] LastBytes(int count) => _buffer.Span[..count].ToArray();

    public void Dispose()
    {
        _reader.Dispose();
        Writer.Dispose();
        _buffer.Dispose();
    }
}
