using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;

namespace WinMmf.Publisher.Reading;

/// <summary>
/// YUV4MPEG2, which says size, rate and colours once, and is read by ffmpeg, mpv, x264, GStreamer and others without options. YUV stays
/// as it is, in planes; red, green and blue become YUV without sharing of chroma.
/// </summary>
internal sealed unsafe class Y4mForm : FrameForm
{
    private const double UnknownRate = 25;
    private static readonly byte[] FrameHead = "FRAME\n"u8.ToArray();

    private byte[] _planes = [];
    private byte[] _rgb = [];

    /// <inheritdoc/>
    public override string Describe(in FrameFormat format, double rate)
    {
        if (format.PixelFormat == PixelFormat.Mjpg)
            throw new WinMmfException(
                WinMmfErrorId.InvalidFormat,
                "Compressed frames (Mjpg) are no y4m. Write them as they are, with --raw, and read them as mjpeg.");
        string timing = rate > 0 ? "" : ", rate unknown and so called 25";
        return $"{format}{timing}, as in: ffplay -f yuv4mpegpipe -i -";
    }

    /// <inheritdoc/>
    public override void WriteHead(Stream output, in FrameFormat format, double rate)
    {
        string chroma = format.PixelFormat switch
        {
            PixelFormat.Nv12 or PixelFormat.I420 => "420mpeg2",
            PixelFormat.Yuy2 => "422",
            PixelFormat.Gray8 => "mono",
            _ => "444",
        };
        string range = format.PixelFormat == PixelFormat.Gray8 ? "FULL" : "LIMITED";
        long thousandths = Math.Max(1, (long)Math.Round((rate > 0 ? rate : UnknownRate) * 1000));
        output.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"YUV4MPEG2 W{format.Width} H{format.Height} F{thousandths}:1000 Ip A1:1 C{chroma} XCOLORRANGE={range}\n")));
    }

    /// <inheritdoc/>
    public override void Write(Stream output, in FrameFormat format, ReadOnlySpan<byte> payload)
    {
        int pixels = format.Width * format.Height;
        int length = FrameHead.Length + format.PixelFormat switch
        {
            PixelFormat.Nv12 or PixelFormat.I420 => pixels * 3 / 2,
            PixelFormat.Yuy2 => pixels * 2,
            PixelFormat.Gray8 => pixels,
            _ => pixels * 3,
        };
        if (_planes.Length != length)
            _planes = new byte[length];
        FrameHead.CopyTo(_planes, 0);
        Span<byte> to = _planes.AsSpan(FrameHead.Length);
        switch (format.PixelFormat)
        {
            case PixelFormat.Gray8:
                _ = Pack(payload, format.Stride, format.Width, format.Height, to);
                break;
            case PixelFormat.I420:
                int at = Pack(payload, format.Stride, format.Width, format.Height, to);
                _ = Pack(payload[(format.Stride * format.Height)..], format.Stride / 2, format.Width / 2, format.Height, to[at..]);
                break;
            case PixelFormat.Nv12:
                int luma = Pack(payload, format.Stride, format.Width, format.Height, to);
                for (int y = 0; y < format.Height / 2; y++)
                    Split(payload[((format.Height + y) * format.Stride)..], 2, 0, 1, format.Width / 2, to[luma..], y, pixels / 4);
                break;
            case PixelFormat.Yuy2:
                for (int y = 0; y < format.Height; y++)
                {
                    ReadOnlySpan<byte> row = payload[(y * format.Stride)..];
                    for (int x = 0; x < format.Width; x++)
                        to[(y * format.Width) + x] = row[x * 2];
                    Split(row, 4, 1, 3, format.Width / 2, to[pixels..], y, pixels / 2);
                }

                break;
            default:
                FromRgb(format, payload, to);
                break;
        }

        output.Write(_planes);
    }

    /// <summary>Takes U and V of a row apart.</summary>
    private static void Split(ReadOnlySpan<byte> row, int step, int u, int v, int width, Span<byte> to, int y, int plane)
    {
        for (int x = 0; x < width; x++)
        {
            to[(y * width) + x] = row[(x * step) + u];
            to[plane + (y * width) + x] = row[(x * step) + v];
        }
    }

    /// <summary>BT.601 in limited range, as frames in YUV are taken everywhere in WinMmf; 16-bit fixed point.</summary>
    private void FromRgb(in FrameFormat format, ReadOnlySpan<byte> payload, Span<byte> to)
    {
        int pixels = format.Width * format.Height;
        if (_rgb.Length != format.Width * 3)
            _rgb = new byte[format.Width * 3];
        fixed (byte* start = &MemoryMarshal.GetReference(payload))
        {
            for (int y = 0; y < format.Height; y++)
            {
                PixelConverter.RowToRgb(format, (IntPtr)start, y, _rgb);
                for (int x = 0; x < format.Width; x++)
                {
                    int r = _rgb[x * 3];
                    int g = _rgb[(x * 3) + 1];
                    int b = _rgb[(x * 3) + 2];
                    int at = (y * format.Width) + x;
                    to[at] = (byte)(((16_829 * r) + (33_039 * g) + (6_416 * b) + 1_081_344) >> 16);
                    to[pixels + at] = (byte)(((-9_714 * r) - (19_070 * g) + (28_784 * b) + 8_421_376) >> 16);
                    to[(pixels * 2) + at] = (byte)(((28_784 * r) - (24_103 * g) - (4_681 * b) + 8_421_376) >> 16);
                }
            }
        }
    }
}
