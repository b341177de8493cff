namespace WinMmf.Management.Imaging;

/// <summary>The checksum of PNG chunks (ISO 3309).</summary>
internal static class Crc32
{
    public const uint Start = 0xFFFF_FFFF;
    private static readonly uint[] Table = MakeTable();

    /// <summary>Continues a checksum.</summary>
    public static uint Append(uint crc, byte[] data, int offset, int count)
    {
        for (int i = offset; i < offset + count; i++)
            crc = Table[(byte)(crc ^ data[i])] ^ (crc >> 8);
        return crc;
    }

    /// <summary>The value to write.</summary>
    public static uint Finish(uint crc) => ~crc;

    private static uint[] MakeTable()
    {
        const uint Polynomial = 0xEDB8_8320;
        uint[] table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? Polynomial ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}
