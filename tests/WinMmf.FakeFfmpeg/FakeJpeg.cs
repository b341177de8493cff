using System;
using System.IO;

namespace WinMmf.FakeFfmpeg;

/// <summary>
/// Bytes with the structure of a JPEG picture and everything in them that misleads a search for its end: a thumbnail with an end of its
/// own, stuffed bytes, restart markers, fill bytes, a second scan.
/// </summary>
internal static class FakeJpeg
{
    /// <summary>A picture; equal numbers give equal bytes, and the length differs from number to number.</summary>
    public static byte[] Make(int number, int width, int height)
    {
        MemoryStream picture = new();
        picture.Write([0xFF, 0xD8]);
        Segment(picture, 0xE1, [0x45, 0x78, 0xFF, 0xD8, 0xFF, 0xDB, 0xFF, 0xD9, (byte)number]);
        picture.WriteByte(0xFF);
        Segment(picture, 0xDB, new byte[65]);
        Segment(picture, 0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        Scan(picture, new Random(number), 500 + (number % 7 * 40_000));
        Segment(picture, 0xC4, new byte[29]);
        Scan(picture, new Random(number + 1), 300);
        picture.Write([0xFF, 0xD9]);
        return picture.ToArray();
    }

    private static void Scan(Stream picture, Random random, int length)
    {
        Segment(picture, 0xDA, [1, 1, 0, 0, 63, 0]);
        byte[] data = new byte[length];
        random.NextBytes(data);
        int restarts = 0;
        foreach (byte value in data)
        {
            picture.WriteByte(value);
            if (value == 0xFF)
                picture.WriteByte((byte)(restarts++ % 3 == 0 ? 0xD0 + (restarts % 8) : 0));
        }

        picture.WriteByte(0x11);
    }

    private static void Segment(Stream picture, byte code, byte[] content)
    {
        int length = content.Length + 2;
        picture.Write([0xFF, code, (byte)(length >> 8), (byte)length]);
        picture.Write(content);
    }
}
