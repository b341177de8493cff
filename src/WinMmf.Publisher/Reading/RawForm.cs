using System;
using System.Globalization;
using System.IO;
using WinMmf.Frames;
using WinMmf.Management.Imaging;

namespace WinMmf.Publisher.Reading;

/// <summary>The pixels of each frame, rows packed, and nothing else; or one JPEG after the other.</summary>
internal sealed class RawForm : FrameForm
{
    private byte[] _packed = [];

    /// <inheritdoc/>
    public override string Describe(in FrameFormat format, double rate)
    {
        if (format.PixelFormat == PixelFormat.Mjpg)
            return $"{format}, one JPEG after the other, as in: ffplay -f mjpeg -i -";
        string name = format.PixelFormat switch
        {
            PixelFormat.Bgr24 => "bgr24",
            PixelFormat.Bgra32 => "bgra",
            PixelFormat.Gray8 => "gray",
            PixelFormat.Yuy2 => "yuyv422",
            PixelFormat.Nv12 => "nv12",
            _ => "yuv420p",
        };
        string timing = rate > 0 ? string.Create(CultureInfo.InvariantCulture, $" -framerate {rate:0.###}") : "";
        return $"{format}, {FrameFormat.Packed(format.Width, format.Height, format.PixelFormat).PayloadLength} bytes a frame, as in: "
            + $"ffplay -f rawvideo -pixel_format {name} -video_size {format.Width}x{format.Height}{timing} -i -";
    }

    /// <inheritdoc/>
    public override void WriteHead(Stream output, in FrameFormat format, double rate)
    {
    }

    /// <inheritdoc/>
    public override void Write(Stream output, in FrameFormat format, ReadOnlySpan<byte> payload)
    {
        if (format.PixelFormat == PixelFormat.Mjpg)
        {
            output.Write(MotionJpeg.Complete(payload.ToArray()));
            return;
        }

        FrameFormat packed = FrameFormat.Packed(format.Width, format.Height, format.PixelFormat);
        if (packed.Stride == format.Stride)
        {
            output.Write(payload);
            return;
        }

        if (_packed.Length != packed.PayloadLength)
            _packed = new byte[packed.PayloadLength];
        int luma = format.Stride * format.Height;
        int at = Pack(payload, format.Stride, packed.Stride, format.Height, _packed);
        if (format.PixelFormat == PixelFormat.Nv12)
            _ = Pack(payload[luma..], format.Stride, packed.Stride, format.Height / 2, _packed.AsSpan(at));
        else if (format.PixelFormat == PixelFormat.I420)
            _ = Pack(payload[luma..], format.Stride / 2, packed.Stride / 2, format.Height, _packed.AsSpan(at));
        output.Write(_packed);
    }
}
