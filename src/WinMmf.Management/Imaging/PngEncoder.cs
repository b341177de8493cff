using System;
using System.IO;
using System.IO.Compression;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Management.Imaging;

/// <summary>
/// Writes a frame as a PNG picture: RGB, or grey for Gray8. Alpha is left out, because cameras leave it 0 and a
/// transparent picture looks like a failure.
/// </summary>
internal static class PngEncoder
{
    private const int ChunkBytes = 65_536;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes a whole PNG.</summary>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="format">The frame's format; not Mjpg.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <exception cref="WinMmfException">InvalidFormat for a compressed format.</exception>
    /// <exception cref="IOException">The stream refused.</exception>
    public static void Write(Stream output, in FrameFormat format, IntPtr payload)
    {
        if (output is null)
            throw new ArgumentNullException(nameof(output));
        if (format.PixelFormat == PixelFormat.Mjpg)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, "A compressed frame is no PNG, but a .jpg.");

        bool gray = format.PixelFormat == PixelFormat.Gray8;
        output.Write(Signature, 0, Signature.Length);
        byte[] header = new byte[13];
        PutBigEndian(header, 0, (uint)format.Width);
        PutBigEndian(header, 4, (uint)format.Height);
        header[8] = 8;
        header[9] = (byte)(gray ? 0 : 2);
        WriteChunk(output, "IHDR", header, header.Length);
        using (PngDataStream data = new(output, ChunkBytes))
            WriteZlib(data, format, payload, gray);
        WriteChunk(output, "IEND", [], 0);
    }

    /// <summary>Writes one chunk: length, type, content, checksum.</summary>
    internal static void WriteChunk(Stream output, string type, byte[] content, int length)
    {
        byte[] head = new byte[8];
        PutBigEndian(head, 0, (uint)length);
        for (int i = 0; i < 4; i++)
            head[4 + i] = (byte)type[i];
        output.Write(head, 0, head.Length);
        output.Write(content, 0, length);
        uint crc = Crc32.Append(Crc32.Append(Crc32.Start, head, 4, 4), content, 0, length);
        PutBigEndian(head, 0, Crc32.Finish(crc));
        output.Write(head, 0, 4);
    }

    private static void WriteZlib(Stream data, in FrameFormat format, IntPtr payload, bool gray)
    {
        int samples = gray ? 1 : 3;
        int length = format.Width * samples;
        byte[] row = new byte[format.Width * 3];
        byte[] above = new byte[format.Width * 3];
        byte[] sub = new byte[length + 1];
        byte[] up = new byte[length + 1];
        Adler32 adler = new();

        // zlib header: deflate with a 32 KiB window, fastest level.
        data.WriteByte(0x78);
        data.WriteByte(0x01);
        using (DeflateStream deflate = new(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int i = 0; i < format.Height; i++)
            {
                PixelConverter.RowToRgb(format, payload, i, row);
                if (gray)
                {
                    for (int x = 1; x < length; x++)
                        row[x] = row[x * 3];
                }

                byte[] filtered = Filter(row, above, samples, length, sub, up);
                adler.Append(filtered, filtered.Length);
                deflate.Write(filtered, 0, filtered.Length);
                (row, above) = (above, row);
            }
        }

        byte[] tail = new byte[4];
        PutBigEndian(tail, 0, adler.Value);
        data.Write(tail, 0, tail.Length);
    }

    /// <summary>Differences to the left and to the row above; whichever has the smaller sum packs better.</summary>
    private static byte[] Filter(byte[] row, byte[] above, int samples, int length, byte[] sub, byte[] up)
    {
        const byte Sub = 1;
        const byte Up = 2;
        long sumSub = 0;
        long sumUp = 0;
        sub[0] = Sub;
        up[0] = Up;
        for (int i = 0; i < length; i++)
        {
            byte left = (byte)(row[i] - (i < samples ? 0 : row[i - samples]));
            byte over = (byte)(row[i] - above[i]);
            sub[i + 1] = left;
            up[i + 1] = over;
            sumSub += Math.Abs((int)(sbyte)left);
            sumUp += Math.Abs((int)(sbyte)over);
        }

        return sumSub < sumUp ? sub : up;
    }

    private static void PutBigEndian(byte[] to, int offset, uint value)
    {
        to[offset] = (byte)(value >> 24);
        to[offset + 1] = (byte)(value >> 16);
        to[offset + 2] = (byte)(value >> 8);
        to[offset + 3] = (byte)value;
    }
}
