using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Management.Imaging;

/// <summary>Writes a frame as a BMP picture: 24 bits a pixel, rows from the bottom up, not packed.</summary>
internal static class BmpEncoder
{
    private const int FileHeader = 14;
    private const int InfoHeader = 40;
    private const int PixelsPerMetre = 2835;

    /// <summary>Writes a whole BMP.</summary>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="format">The frame's format; not Mjpg.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <exception cref="WinMmfException">InvalidFormat: a compressed format, or a picture beyond the 4 GB of a BMP.</exception>
    /// <exception cref="IOException">The stream refused.</exception>
    public static void Write(Stream output, in FrameFormat format, IntPtr payload)
    {
        if (output is null)
            throw new ArgumentNullException(nameof(output));
        if (format.PixelFormat == PixelFormat.Mjpg)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, "A compressed frame is no BMP, but a .jpg.");

        // Rows begin at multiples of 4 bytes.
        int stride = ((format.Width * 3) + 3) & ~3;
        long size = FileHeader + InfoHeader + ((long)stride * format.Height);
        if (size > uint.MaxValue)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                $"A BMP of {format.Width}×{format.Height} pixels would have {size} bytes, and a BMP has 4 GB at most.");

        byte[] header = new byte[FileHeader + InfoHeader];
        header[0] = (byte)'B';
        header[1] = (byte)'M';
        Put(header, 2, (uint)size);
        Put(header, 10, (uint)header.Length);
        Put(header, 14, InfoHeader);
        Put(header, 18, (uint)format.Width);
        Put(header, 22, (uint)format.Height);
        header[26] = 1;
        header[28] = 24;
        Put(header, 34, (uint)(size - header.Length));
        Put(header, 38, PixelsPerMetre);
        Put(header, 42, PixelsPerMetre);
        output.Write(header, 0, header.Length);

        byte[] row = new byte[stride];
        for (int y = format.Height - 1; y >= 0; y--)
        {
            PixelConverter.RowToRgb(format, payload, y, row);
            for (int x = 0; x < format.Width * 3; x += 3)
                (row[x], row[x + 2]) = (row[x + 2], row[x]);
            output.Write(row, 0, stride);
        }
    }

    private static void Put(byte[] to, int offset, uint value)
    {
        to[offset] = (byte)value;
        to[offset + 1] = (byte)(value >> 8);
        to[offset + 2] = (byte)(value >> 16);
        to[offset + 3] = (byte)(value >> 24);
    }
}
