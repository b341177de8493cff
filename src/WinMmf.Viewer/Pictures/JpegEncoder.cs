using System;
using System.Runtime.InteropServices;
using SkiaSharp;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;

namespace WinMmf.Viewer.Pictures;

/// <summary>
/// Encodes frames as JPEG. Keeps its pixels between frames, so use one a thread. Colours are those of <see cref="PixelConverter"/>, the one
/// place that turns YUV into red, green and blue.
/// </summary>
internal sealed unsafe class JpegEncoder : IDisposable
{
    private const int Quality = 85;

    /// <summary>The greatest width and height that JPEG can have.</summary>
    private const int MaxSide = 65_535;

    private byte* _pixels;
    private nuint _capacity;
    private byte[] _row = [];

    /// <summary>Encodes a frame.</summary>
    /// <param name="format">Its format. A Mjpg frame keeps its data and its size, and gets tables if it has none.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <param name="width">At most this many pixels wide; 0: as it is.</param>
    /// <exception cref="WinMmfException">InvalidFormat: too large for JPEG.</exception>
    public byte[] Encode(in FrameFormat format, IntPtr payload, int width = 0)
    {
        if (format.PixelFormat == PixelFormat.Mjpg)
            return MotionJpeg.Complete(new ReadOnlySpan<byte>((void*)payload, format.PayloadLength).ToArray());
        if (format.Width > MaxSide || format.Height > MaxSide)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, $"{format} is too large for JPEG, which ends at {MaxSide} pixels.");
        if (width <= 0 || width >= format.Width)
            return EncodeWhole(format, payload);
        return EncodeRows(format, payload, width, Math.Max(1, (int)((long)format.Height * width / format.Width)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
        _capacity = 0;
    }

    private byte[] EncodeWhole(in FrameFormat format, IntPtr payload) => format.PixelFormat switch
    {
        // As Skia takes them: nothing to convert. What cameras leave in alpha is no alpha.
        PixelFormat.Bgra32 => Compress(SKColorType.Bgra8888, format.Width, format.Height, payload, format.Stride),
        PixelFormat.Gray8 => Compress(SKColorType.Gray8, format.Width, format.Height, payload, format.Stride),
        _ => EncodeRows(format, payload, format.Width, format.Height),
    };

    private byte[] EncodeRows(in FrameFormat format, IntPtr payload, int width, int height)
    {
        nuint size = (nuint)width * (nuint)height * 4;
        if (size > _capacity)
        {
            _pixels = (byte*)NativeMemory.Realloc(_pixels, size);
            _capacity = size;
        }

        if (_row.Length < format.Width * 3)
            _row = new byte[format.Width * 3];
        for (int y = 0; y < height; y++)
        {
            PixelConverter.RowToRgb(format, payload, (int)((long)y * format.Height / height), _row);
            Spread(_row, format.Width, (uint*)(_pixels + ((nuint)y * (nuint)width * 4)), width);
        }

        return Compress(SKColorType.Rgb888x, width, height, (IntPtr)_pixels, width * 4);
    }

    /// <summary>Three bytes a pixel become four; a smaller width takes some of the pixels.</summary>
    private static void Spread(byte[] rgb, int from, uint* to, int width)
    {
        fixed (byte* start = rgb)
        {
            if (width == from)
            {
                byte* p = start;
                for (int x = 0; x < width; x++, p += 3)
                    to[x] = p[0] | ((uint)p[1] << 8) | ((uint)p[2] << 16) | 0xFF00_0000;
                return;
            }

            for (int x = 0; x < width; x++)
            {
                byte* p = start + ((long)x * from / width * 3);
                to[x] = p[0] | ((uint)p[1] << 8) | ((uint)p[2] << 16) | 0xFF00_0000;
            }
        }
    }

    private static byte[] Compress(SKColorType colour, int width, int height, IntPtr pixels, int stride)
    {
        using SKPixmap picture = new(new SKImageInfo(width, height, colour, SKAlphaType.Opaque), pixels, stride);
        SKJpegEncoderOptions options = new(Quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore);
        using SKData? data = picture.Encode(options);
        return data?.ToArray()
            ?? throw new WinMmfException(WinMmfErrorId.InvalidFormat, $"A picture of {width}×{height} pixels could not be encoded.");
    }
}
