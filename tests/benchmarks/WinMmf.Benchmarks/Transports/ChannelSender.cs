using System;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Residency;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A WinMmf channel's publisher, filling slots by one copy.</summary>
internal sealed unsafe class ChannelSender : IFrameSender
{
    private readonly FrameWriter _writer;
    private readonly FrameFormat _format;

    public ChannelSender(string name, int frameLength, MemoryResidency residency = MemoryResidency.None)
    {
        // One row: the payload has exactly the length that is asked for, as with all the other transports.
        _format = FrameFormat.Packed(Width(frameLength), frameLength / Width(frameLength), PixelFormat.Gray8);
        _writer = FrameWriter.Create(
            new FrameChannelOptions(new SharedName(name, NameScope.Local)) { PayloadCapacity = frameLength, Residency = residency });
    }

    public FrameWriter Writer => _writer;

    public FrameFormat Format => _format;

    public void Connect()
    {
        // Readers come and go.
    }

    public void Send(byte* frame, int length) => _writer.PublishCopy(_format, (nint)frame);

    public void Dispose() => _writer.Dispose();

    /// <summary>A width that divides the length: any will do, rows have no meaning here.</summary>
    private static int Width(int length)
    {
        int width = Math.Min(length, 4096);
        while (length % width != 0 || length / width > FrameFormat.MaxDimension)
            width--;
        return width;
    }
}
