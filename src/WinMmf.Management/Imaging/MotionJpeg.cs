using System;
using System.IO;

namespace WinMmf.Management.Imaging;

/// <summary>
/// Pictures of a camera's motion JPEG by themselves. Many cameras leave out the Huffman tables, because all of their pictures have the
/// standard ones; a picture by itself needs them.
/// </summary>
internal static class MotionJpeg
{
    private const byte Prefix = 0xFF;
    private const byte StartOfImage = 0xD8;
    private const byte HuffmanTables = 0xC4;
    private const byte StartOfScan = 0xDA;

    private static readonly Lazy<StandardTable[]> StandardTables = new(MakeStandardTables);
    private static readonly Lazy<byte[]> Segment = new(static () => MakeSegment(StandardTables.Value));

    /// <summary>The standard tables (ITU-T T.81, annex K.3): luma's means and other coefficients, then chroma's.</summary>
    public static StandardTable[] Tables => StandardTables.Value;

    /// <summary>These tables as a segment of a JPEG.</summary>
    public static byte[] TablesSegment => Segment.Value;

    /// <summary>A picture that needs nothing else: with the standard tables in front of its first scan.</summary>
    /// <param name="picture">The picture.</param>
    /// <returns>The same array if the picture has tables, or is no JPEG.</returns>
    public static byte[] Complete(byte[] picture)
    {
        int scan = FindScanWithoutTables(picture);
        if (scan < 0)
            return picture;
        byte[] tables = TablesSegment;
        byte[] whole = new byte[picture.Length + tables.Length];
        Array.Copy(picture, whole, scan);
        tables.CopyTo(whole, scan);
        Array.Copy(picture, scan, whole, scan + tables.Length, picture.Length - scan);
        return whole;
    }

    /// <summary>Where the first scan begins, if no table came before it; -1 otherwise.</summary>
    private static int FindScanWithoutTables(byte[] picture)
    {
        if (picture.Length < 4 || picture[0] != Prefix || picture[1] != StartOfImage)
            return -1;
        int at = 2;
        while (at + 3 < picture.Length && picture[at] == Prefix)
        {
            byte marker = picture[at + 1];
            if (marker == Prefix)
            {
                // Fill bytes.
                at++;
                continue;
            }

            if (marker == HuffmanTables)
                return -1;
            if (marker == StartOfScan)
                return at;
            at += 2 + ((picture[at + 2] << 8) | picture[at + 3]);
        }

        return -1;
    }

    private static StandardTable[] MakeStandardTables()
    {
        byte[] sizes = FromHex("00010501010101010100000000000000");
        byte[] colourSizes = FromHex("00030101010101010101010000000000");
        byte[] categories = FromHex("000102030405060708090A0B");
        byte[] ac = FromHex("0002010303020403050504040000017D");
        byte[] acValues = FromHex("01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728292A3435"
            + "363738393A434445464748494A535455565758595A636465666768696A737475767778797A838485868788898A92939495969798999AA2A3A4A5A6A7A8A9"
            + "AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA");
        byte[] colourAc = FromHex("00020102040403040705040400010277");
        byte[] colourAcValues = FromHex("0001020311040521310612415107617113223281081442"
            + "91A1B1C109233352F0156272D10A162434E125F11718191A262728292A35363738393A434445464748494A535455565758595A636465666768696A737475"
            + "767778797A82838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE2E3"
            + "E4E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA");
        return
        [
            new StandardTable(0x00, sizes, categories), new StandardTable(0x10, ac, acValues),
            new StandardTable(0x01, colourSizes, categories), new StandardTable(0x11, colourAc, colourAcValues),
        ];
    }

    private static byte[] MakeSegment(StandardTable[] tables)
    {
        using MemoryStream segment = new();
        foreach (StandardTable table in tables)
        {
            segment.WriteByte(table.Id);
            segment.Write(table.Sizes, 0, table.Sizes.Length);
            segment.Write(table.Values, 0, table.Values.Length);
        }

        byte[] body = segment.ToArray();
        int length = body.Length + 2;
        byte[] whole = new byte[length + 2];
        whole[0] = Prefix;
        whole[1] = HuffmanTables;
        whole[2] = (byte)(length >> 8);
        whole[3] = (byte)length;
        body.CopyTo(whole, 4);
        return whole;
    }

    private static byte[] FromHex(string hex)
    {
        byte[] bytes = new byte[hex.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = Convert.ToByte(hex.Substring(2 * i, 2), 16);
        return bytes;
    }

    /// <summary>One Huffman table.</summary>
    internal sealed class StandardTable
    {
        public StandardTable(byte id, byte[] sizes, byte[] values) => (Id, Sizes, Values) = (id, sizes, values);

        /// <summary>Class and number, as a segment has them.</summary>
        public byte Id { get; }

        /// <summary>How many codes there are of each length, 1 to 16.</summary>
        public byte[] Sizes { get; }

        /// <summary>What the codes stand for, in their order.</summary>
        public byte[] Values { get; }
    }
}
