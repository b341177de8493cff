using System;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Management.Imaging;

/// <summary>Turns rows of any uncompressed pixel format into RGB. YUV is taken as BT.601, limited range.</summary>
internal static unsafe class PixelConverter
{
    /// <summary>Converts one row to R, G, B bytes.</summary>
    /// <param name="format">The frame's format; not Mjpg.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <param name="row">Row, 0 at the top.</param>
    /// <param name="rgb">Where to; at least 3 × width bytes from <paramref name="offset"/> on.</param>
    /// <param name="offset">Where in <paramref name="rgb"/> to begin.</param>
    /// <exception cref="WinMmfException">InvalidFormat for a compressed format.</exception>
    public static void RowToRgb(in FrameFormat format, IntPtr payload, int row, byte[] rgb, int offset = 0)
    {
        if (rgb is null)
            throw new ArgumentNullException(nameof(rgb));
        if (row < 0 || row >= format.Height)
            throw new ArgumentOutOfRangeException(nameof(row));
        if (offset < 0 || rgb.Length - offset < format.Width * 3)
            throw new ArgumentException("The row does not fit. Give 3 bytes a pixel.", nameof(rgb));

        byte* first = (byte*)payload;
        long stride = format.Stride;
        byte* y = first + (row * stride);
        fixed (byte* start = rgb)
        {
            byte* to = start + offset;
            switch (format.PixelFormat)
            {
                case PixelFormat.Bgr24:
                    FromBgr(y, 3, format.Width, to);
                    break;
                case PixelFormat.Bgra32:
                    FromBgr(y, 4, format.Width, to);
                    break;
                case PixelFormat.Gray8:
                    FromGray(y, format.Width, to);
                    break;
                case PixelFormat.Yuy2:
                    FromYuv(y, 2, y + 1, y + 3, 4, format.Width, to);
                    break;
                case PixelFormat.Nv12:
                    byte* uv = first + (stride * format.Height) + (row / 2 * stride);
                    FromYuv(y, 1, uv, uv + 1, 2, format.Width, to);
                    break;
                case PixelFormat.I420:
                    byte* u = first + (stride * format.Height) + (row / 2 * (stride / 2));
                    FromYuv(y, 1, u, u + (stride / 2 * (format.Height / 2)), 1, format.Width, to);
                    break;
                default:
                    throw new WinMmfException(WinMmfErrorId.InvalidFormat, $"{format.PixelFormat} frames hold no plain pixels.");
            }
        }
    }

    private static void FromBgr(byte* from, int step, int width, byte* to)
    {
        for (int x = 0; x < width; x++, from += step, to += 3)
        {
            to[0] = from[2];
            to[1] = from[1];
            to[2] = from[0];
        }
    }

    private static void FromGray(byte* from, int width, byte* to)
    {
        for (int x = 0; x < width; x++, to += 3)
            to[0] = to[1] = to[2] = from[x];
    }

    private static void FromYuv(byte* y, int stepY, byte* u, byte* v, int stepUv, int width, byte* to)
    {
        for (int x = 0; x < width; x++, y += stepY, to += 3)
        {
            // 8-bit fixed point: 1.164, 1.596, 0.813, 0.391, 2.018.
            int luma = (298 * (*y - 16)) + 128;
            int blue = u[x / 2 * stepUv] - 128;
            int red = v[x / 2 * stepUv] - 128;
            to[0] = Clamp((luma + (409 * red)) >> 8);
            to[1] = Clamp((luma - (100 * blue) - (208 * red)) >> 8);
            to[2] = Clamp((luma + (516 * blue)) >> 8);
        }
    }

    private static byte Clamp(int value) => (byte)(value < 0 ? 0 : value > 255 ? 255 : value);
}
