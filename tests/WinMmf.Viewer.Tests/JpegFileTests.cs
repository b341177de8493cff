using System;
using System.IO;
using SkiaSharp;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>The JPEG that Save-SharedFrame writes, as another library reads it.</summary>
public sealed class JpegFileTests
{
    [Theory]
    [InlineData(PixelFormat.Bgr24, 64, 48)]
    [InlineData(PixelFormat.Bgr24, 63, 47)]
    [InlineData(PixelFormat.Bgr24, 1, 1)]
    [InlineData(PixelFormat.Bgr24, 17, 1)]
    [InlineData(PixelFormat.Bgra32, 65, 9)]
    [InlineData(PixelFormat.Gray8, 33, 31)]
    [InlineData(PixelFormat.Yuy2, 66, 47)]
    [InlineData(PixelFormat.Yuy2, 2, 1)]
    [InlineData(PixelFormat.Nv12, 66, 50)]
    [InlineData(PixelFormat.I420, 34, 18)]
    [InlineData(PixelFormat.I420, 2, 2)]
    public unsafe void A_smooth_picture_comes_back(PixelFormat pixels, int width, int height)
    {
        FrameFormat format = FrameFormat.Packed(width, height, pixels);
        byte[] payload = new byte[format.PayloadLength];
        Paint(format, payload);
        fixed (byte* start = payload)
        {
            using MemoryStream file = new();
            JpegEncoder.Write(file, format, (IntPtr)start);
            using SKBitmap picture = SKBitmap.Decode(file.ToArray());
            Assert.Equal((width, height), (picture.Width, picture.Height));
            byte[] row = new byte[width * 3];
            double sum = 0;
            for (int y = 0; y < height; y++)
            {
                PixelConverter.RowToRgb(format, (IntPtr)start, y, row);
                for (int x = 0; x < width; x++)
                {
                    SKColor got = picture.GetPixel(x, y);
                    int worst = Math.Max(
                        Math.Abs(got.Red - row[x * 3]),
                        Math.Max(Math.Abs(got.Green - row[(x * 3) + 1]), Math.Abs(got.Blue - row[(x * 3) + 2])));
                    Assert.True(worst <= 24, $"pixel {x},{y}: {got} for {row[x * 3]},{row[(x * 3) + 1]},{row[(x * 3) + 2]}");
                    sum += worst;
                }
            }

            Assert.InRange(sum / (width * height), 0, 4);
        }
    }

    [Theory]
    [InlineData(255, 0, 0)]
    [InlineData(0, 255, 0)]
    [InlineData(0, 0, 255)]
    [InlineData(255, 255, 255)]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 0)]
    [InlineData(18, 52, 86)]
    public unsafe void One_colour_comes_back_to_the_last_steps(byte red, byte green, byte blue)
    {
        FrameFormat format = FrameFormat.Packed(24, 20, PixelFormat.Bgr24);
        byte[] payload = new byte[format.PayloadLength];
        for (int i = 0; i < payload.Length; i += 3)
            (payload[i], payload[i + 1], payload[i + 2]) = (blue, green, red);
        fixed (byte* start = payload)
        {
            using MemoryStream file = new();
            JpegEncoder.Write(file, format, (IntPtr)start);
            using SKBitmap picture = SKBitmap.Decode(file.ToArray());
            SKColor got = picture.GetPixel(23, 19);
            Assert.InRange(got.Red, red - 2, red + 2);
            Assert.InRange(got.Green, green - 2, green + 2);
            Assert.InRange(got.Blue, blue - 2, blue + 2);
        }
    }

    [Fact]
    public unsafe void Noise_is_coded_in_all_its_lengths()
    {
        // Every size of coefficient and every run of zeros: what a decoder finds wrong ends in grey.
        FrameFormat format = FrameFormat.Packed(256, 256, PixelFormat.Gray8);
        byte[] payload = new byte[format.PayloadLength];
        Random random = new(1);
        for (int y = 0; y < 256; y++)
        {
            for (int x = 0; x < 256; x++)
                payload[(y * 256) + x] = (byte)(x < 128 ? random.Next(2) * 255 : random.Next(1 + (y / 2)) + 64);
        }

        fixed (byte* start = payload)
        {
            using MemoryStream file = new();
            JpegEncoder.Write(file, format, (IntPtr)start);
            using SKBitmap picture = SKBitmap.Decode(file.ToArray());
            double sum = 0;
            for (int y = 0; y < 256; y++)
            {
                for (int x = 0; x < 256; x++)
                    sum += Math.Abs(picture.GetPixel(x, y).Red - payload[(y * 256) + x]);
            }

            Assert.InRange(sum / 65_536, 0, 6);
        }
    }

    /// <summary>Slopes in every plane.</summary>
    private static void Paint(in FrameFormat format, byte[] payload)
    {
        int samples = format.PixelFormat is PixelFormat.Bgr24 ? 3 : format.PixelFormat is PixelFormat.Bgra32 ? 4 : 1;
        for (int i = 0; i < payload.Length; i++)
        {
            int y = i / format.Stride;
            int x = i % format.Stride;
            payload[i] = format.PixelFormat switch
            {
                PixelFormat.Bgr24 or PixelFormat.Bgra32 => (byte)(40 + (x / samples) + (y * 2) + (x % samples * 20)),
                PixelFormat.Gray8 => (byte)(20 + (x * 3) + (y * 2)),
                PixelFormat.Yuy2 => (x & 1) == 0 ? (byte)(60 + x) : (byte)((x & 2) == 0 ? 100 + y : 150 - y),
                _ => y < format.Height ? (byte)(60 + x + y) : (byte)(110 + (y % 16)),
            };
        }
    }
}
