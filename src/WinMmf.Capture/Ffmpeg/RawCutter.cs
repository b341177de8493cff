using System;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>Uncompressed frames: equal lengths, read from the pipe straight into the slot.</summary>
internal sealed class RawCutter : FrameCutter
{
    /// <summary>Enough to see that a frame has begun; a slot is taken no earlier.</summary>
    private const int HeadBytes = 4096;

    private readonly byte[] _head;
    private byte[] _scratch = [];
    private int _headCount;
    private bool _isCutShort;

    public RawCutter(FrameFormat format)
    {
        Format = format;
        _head = new byte[Math.Min(HeadBytes, format.PayloadLength)];
    }

    public override FrameFormat Format { get; }

    public override bool IsCutShort => _isCutShort;

    public override void Reset() => _isCutShort = false;

    public override bool WaitNext(SilenceWatch output) => (_headCount = output.Read(_head)) > 0;

    public override bool Fill(SilenceWatch output, Span<byte> payload)
    {
        _head.AsSpan(0, _headCount).CopyTo(payload);
        Span<byte> rest = payload[_headCount..];
        while (rest.Length > 0)
        {
            int read = output.Read(rest);
            if (read == 0)
            {
                _isCutShort = true;
                return false;
            }

            rest = rest[read..];
        }

        return true;
    }

    public override bool Skip(SilenceWatch output)
    {
        if (_scratch.Length < Format.PayloadLength)
            _scratch = new byte[Format.PayloadLength];
        return Fill(output, _scratch.AsSpan(0, Format.PayloadLength));
    }
}
