using System;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Management.Imaging;

/// <summary>
/// Encodes an uncompressed frame as a baseline JPEG (ITU-T T.81) in a JFIF file, whose colours are BT.601 in full range. Chroma is kept at
/// the resolution that the frame has it in. Written here because PowerShell loads it: no library, and no program to start for a picture.
/// </summary>
internal static unsafe class JpegEncoder
{
    private const int Quality = 92;

    // Annex K.1: how coarse the eye lets each frequency be, row by row.
    private static readonly byte[] Luma =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100,
        103, 99,
    ];

    private static readonly byte[] Chroma =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>Writes a whole JPEG.</summary>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="format">The frame's format; not Mjpg, which is JPEG already.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <param name="cancellationToken">Ends the work between two rows of blocks.</param>
    /// <exception cref="WinMmfException">InvalidFormat for a compressed format.</exception>
    /// <exception cref="IOException">The stream refused.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Write(Stream output, in FrameFormat format, IntPtr payload, CancellationToken cancellationToken = default)
    {
        if (output is null)
            throw new ArgumentNullException(nameof(output));
        if (format.PixelFormat == PixelFormat.Mjpg)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, "A compressed frame is a JPEG already.");
        bool hasColor = format.PixelFormat != PixelFormat.Gray8;
        (int across, int down) = SharedChroma(format.PixelFormat);
        byte[] luma = Scale(Luma);
        byte[] chroma = Scale(Chroma);
        WriteHead(output, format, luma, hasColor ? chroma : null, across, down);
        JpegBitWriter writer = new(output);
        MotionJpeg.StandardTable[] tables = MotionJpeg.Tables;
        JpegBlock[] coders = new JpegBlock[hasColor ? 3 : 1];
        for (int i = 0; i < coders.Length; i++)
            coders[i] = new JpegBlock(
                i == 0 ? luma : chroma, Codes(tables[i == 0 ? 0 : 2]), Codes(tables[i == 0 ? 1 : 3]));
        JpegStrip strip = new(format, across, down, hasColor);
        for (int top = 0; top < format.Height; top += strip.Height)
        {
            cancellationToken.ThrowIfCancellationRequested();
            strip.Fill(payload, top);
            strip.Write(coders, writer);
        }

        writer.Finish();
        output.WriteByte(0xFF);
        output.WriteByte(0xD9);
    }

    /// <summary>How many pixels share a sample of chroma: as in the frame, so that nothing is lost that is there.</summary>
    private static (int Across, int Down) SharedChroma(PixelFormat format) => format switch
    {
        PixelFormat.Nv12 or PixelFormat.I420 => (2, 2),
        PixelFormat.Yuy2 => (2, 1),
        _ => (1, 1),
    };

    private static JpegHuffman Codes(MotionJpeg.StandardTable table) => new(table.Sizes, table.Values);

    /// <summary>Finer for a higher quality, by the usual rule: 50 is the table itself, 100 divides by 1.</summary>
    private static byte[] Scale(byte[] table)
    {
        const int Percent = 200 - (2 * Quality);
        byte[] scaled = new byte[table.Length];
        for (int i = 0; i < table.Length; i++)
            scaled[i] = (byte)Math.Min(255, Math.Max(1, ((table[i] * Percent) + 50) / 100));
        return scaled;
    }

    private static void WriteHead(Stream output, in FrameFormat format, byte[] luma, byte[]? chroma, int across, int down)
    {
        output.WriteByte(0xFF);
        output.WriteByte(0xD8);

        // JFIF 1.01, square pixels, no thumbnail.
        WriteSegment(output, 0xE0, [(byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        WriteTable(output, 0, luma);
        if (chroma is not null)
            WriteTable(output, 1, chroma);
        byte[] size = [8, (byte)(format.Height >> 8), (byte)format.Height, (byte)(format.Width >> 8), (byte)format.Width];
        byte sampling = (byte)((across << 4) | down);
        WriteSegment(output, 0xC0, chroma is null
            ? [.. size, 1, 1, 0x11, 0]
            : [.. size, 3, 1, sampling, 0, 2, 0x11, 1, 3, 0x11, 1]);
        byte[] huffman = MotionJpeg.TablesSegment;
        output.Write(huffman, 0, huffman.Length);
        WriteSegment(output, 0xDA, chroma is null ? [1, 1, 0x00, 0, 63, 0] : [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    }

    private static void WriteTable(Stream output, byte id, byte[] table)
    {
        byte[] body = new byte[table.Length + 1];
        body[0] = id;
        for (int i = 0; i < table.Length; i++)
            body[i + 1] = table[JpegBlock.ZigZag[i]];
        WriteSegment(output, 0xDB, body);
    }

    private static void WriteSegment(Stream output, byte marker, byte[] body)
    {
        int length = body.Length + 2;
        output.WriteByte(0xFF);
        output.WriteByte(marker);
        output.WriteByte((byte)(length >> 8));
        output.WriteByte((byte)length);
        output.Write(body, 0, body.Length);
    }
}
