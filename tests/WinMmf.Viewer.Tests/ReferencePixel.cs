using System;
using SkiaSharp;
using WinMmf.Frames;

namespace WinMmf.Viewer.Tests;

/// <summary>The colour of a pixel, by the formulas of BT.601 in limited range with real numbers; no code of the product.</summary>
internal static class ReferencePixel
{
    public static SKColor Of(in FrameFormat format, byte[] payload, int x, int y)
    {
        int w = format.Width;
        int h = format.Height;
        int s = format.Stride;
        switch (format.PixelFormat)
        {
            case PixelFormat.Bgr24:
                return Bgr(payload, (y * s) + (x * 3));
            case PixelFormat.Bgra32:
                return Bgr(payload, (y * s) + (x * 4));
            case PixelFormat.Gray8:
                byte gray = payload[(y * s) + x];
                return new SKColor(gray, gray, gray);
            case PixelFormat.Yuy2:
                int pair = (y * s) + (x / 2 * 4);
                return Yuv(payload[(y * s) + (x * 2)], payload[pair + 1], payload[pair + 3]);
            case PixelFormat.Nv12:
                int uv = (s * h) + (y / 2 * s) + (x / 2 * 2);
                return Yuv(payload[(y * s) + x], payload[uv], payload[uv + 1]);
            case PixelFormat.I420:
                int u = (w * h) + (y / 2 * (w / 2)) + (x / 2);
                return Yuv(payload[(y * s) + x], payload[u], payload[u + (w / 2 * (h / 2))]);
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    /// <summary>A frame of one colour.</summary>
    public static byte[] Plain(in FrameFormat format, byte red, byte green, byte blue)
    {
        byte y = (byte)Math.Round(16 + (((0.299 * red) + (0.587 * green) + (0.114 * blue)) * 219 / 255));
        byte u = (byte)Math.Round(128 + (((-0.168736 * red) - (0.331264 * green) + (0.5 * blue)) * 224 / 255));
        byte v = (byte)Math.Round(128 + (((0.5 * red) - (0.418688 * green) - (0.081312 * blue)) * 224 / 255));
        byte[] cell = format.PixelFormat switch
        {
            PixelFormat.Bgr24 => [blue, green, red],
            PixelFormat.Bgra32 => [blue, green, red, 0],
            PixelFormat.Yuy2 => [y, u, y, v],
            _ => [y],
        };
        byte[] payload = new byte[format.PayloadLength];
        for (int i = 0; i < payload.Length; i++)
            payload[i] = cell[i % cell.Length];
        int luma = format.Width * format.Height;
        for (int i = luma; i < payload.Length; i++)
        {
            if (format.PixelFormat == PixelFormat.Nv12)
                payload[i] = (i - luma) % 2 == 0 ? u : v;
            else if (format.PixelFormat == PixelFormat.I420)
                payload[i] = i - luma < luma / 4 ? u : v;
        }

        return payload;
    }

    private static SKColor Bgr(byte[] p, int at) => new(p[at + 2], p[at + 1], p[at]);

    private static SKColor Yuv(byte y, byte u, byte v)
    {
        double luma = (y - 16) * 255.0 / 219;
        double blue = (u - 128) * 255.0 / 224;
        double red = (v - 128) * 255.0 / 224;
        return new SKColor(
            Clamp(luma + (1.402 * red)), Clamp(luma - (0.344136 * blue) - (0.714136 * red)), Clamp(luma + (1.772 * blue)));
    }

    private static byte Clamp(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
