using System;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>JPEG pictures, passed through undecoded, each as long as it is.</summary>
internal sealed class JpegCutter : FrameCutter
{
    /// <summary>More without a single picture is no MJPEG.</summary>
    private const long MaxGarbage = 16 << 20;

    private readonly JpegSplitter _splitter = new();
    private FrameFormat _format;

    /// <summary>Makes one.</summary>
    /// <param name="expected">The size that the first pictures are expected to have, and the most bytes they may need.</param>
    public JpegCutter(FrameFormat expected) => _format = expected;

    public override FrameFormat Format => _format;

    public override bool IsCutShort => _splitter.Pending > 0;

    public override void Reset() => _splitter.Clear();

    public override bool WaitNext(SilenceWatch output)
    {
        ReadOnlySpan<byte> picture;
        while (!_splitter.TryTake(out picture))
        {
            if (_splitter.PassedOver > MaxGarbage)
                throw new WinMmfException(WinMmfErrorId.PublisherFailed,
                    $"ffmpeg wrote {_splitter.PassedOver} bytes without a whole JPEG picture among them. Check that the input is MJPEG, "
                        + "or decode it with another pixel format.");
            int read = output.Read(_splitter.Room());
            if (read == 0)
                return false;
            _splitter.Advance(read);
        }

        _format = FrameFormat.Jpeg(_splitter.Width, _splitter.Height, picture.Length);
        return true;
    }

    public override bool Fill(SilenceWatch output, Span<byte> payload)
    {
        _splitter.Taken.CopyTo(payload);
        return true;
    }

    public override bool Skip(SilenceWatch output) => true;
}
