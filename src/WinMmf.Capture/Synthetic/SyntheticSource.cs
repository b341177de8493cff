using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>
/// A moving test picture that any program can verify byte by byte: colour bars, a gradient that runs, a box that bounces, and the frame
/// number in large digits. Needs no camera and no other program.
/// </summary>
public sealed class SyntheticSource : FrameSource
{
    private readonly FrameFormat _format;
    private readonly TestPicture _picture;
    private readonly double _frameRate;
    private FrameClock _clock;
    private CancellationToken _cancellation;
    private long _number;
    private long _capturedAt;

    /// <summary>Makes a source.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="pixelFormat">Any uncompressed format.</param>
    /// <param name="frameRate">Frames a second, above 0.</param>
    /// <exception cref="WinMmfException">InvalidFormat, InvalidArgument.</exception>
    public SyntheticSource(int width, int height, PixelFormat pixelFormat, double frameRate)
    {
        if (pixelFormat == PixelFormat.Mjpg)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidFormat,
                "The synthetic source draws uncompressed pictures only. Use Bgr24, Bgra32, Gray8, Yuy2, Nv12 or I420 instead of Mjpg.");
        }

        _format = FrameFormat.Packed(width, height, pixelFormat);
        if (_format.PayloadLength < SyntheticPayload.LeastSize)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidFormat,
                $"A synthetic frame has at least {SyntheticPayload.LeastSize} bytes, and {_format} has {_format.PayloadLength}. "
                    + "Choose a larger size.");
        }

        _frameRate = frameRate;
        _clock = new FrameClock(frameRate);
        _picture = new TestPicture(_format);
    }

    /// <inheritdoc/>
    public override FrameFormat Format => _format;

    /// <inheritdoc/>
    public override double FrameRate => _frameRate;

    /// <inheritdoc/>
    public override string Description => "synthetic test picture";

    /// <inheritdoc/>
    public override bool CanRestart => true;

    /// <inheritdoc/>
    public override long CapturedAt => _capturedAt;

    /// <inheritdoc/>
    public override long Late => _clock.Skipped;

    /// <inheritdoc/>
    public override void Prepare(CancellationToken cancellationToken) => cancellationToken.ThrowIfCancellationRequested();

    /// <inheritdoc/>
    public override void Start(CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        _clock.Dispose();
        _clock = new FrameClock(_frameRate);
    }

    /// <inheritdoc/>
    public override bool WaitNext()
    {
        if (!_clock.WaitNext(_cancellation))
            return false;
        _number++;
        _capturedAt = MonotonicClock.Now;
        return true;
    }

    /// <inheritdoc/>
    public override int Fill(in FrameSlot slot)
    {
        Span<byte> payload = slot.Span;
        Draw(payload, _number);
        return payload.Length;
    }

    /// <summary>Nothing to discard: a frame that is not drawn is a gap in the numbers.</summary>
    public override void Skip()
    {
    }

    /// <summary>Draws frame <paramref name="number"/> with its header. Allocates nothing.</summary>
    /// <param name="payload">At least as long as <see cref="Format"/> says.</param>
    /// <param name="number">The number to carry, 1 or more.</param>
    public void Draw(Span<byte> payload, long number) => _picture.Draw(payload[.._format.PayloadLength], number);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _clock.Dispose();
        base.Dispose(disposing);
    }
}
