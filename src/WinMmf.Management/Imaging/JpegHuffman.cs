using System;

namespace WinMmf.Management.Imaging;

/// <summary>
/// The codes of one Huffman table (ITU-T T.81, annex C): the shortest first, counted up, each longer one continues twice as high.
/// </summary>
internal sealed class JpegHuffman
{
    private readonly uint[] _codes = new uint[256];
    private readonly byte[] _lengths = new byte[256];

    /// <summary>Makes the codes.</summary>
    /// <param name="sizes">How many codes there are of each length, 1 to 16.</param>
    /// <param name="values">What they stand for, in their order.</param>
    public JpegHuffman(byte[] sizes, byte[] values)
    {
        uint code = 0;
        int next = 0;
        for (int length = 1; length <= sizes.Length; length++, code <<= 1)
        {
            for (int i = 0; i < sizes[length - 1]; i++)
            {
                byte value = values[next++];
                (_codes[value], _lengths[value]) = (code++, (byte)length);
            }
        }
    }

    /// <summary>Writes the code of a value, and behind it some bits of its own.</summary>
    public void Write(JpegBitWriter writer, int value, uint bits = 0, int length = 0)
    {
        if (_lengths[value] == 0)
            throw new InvalidOperationException($"The table has no code for {value}.");
        writer.Write((_codes[value] << length) | bits, _lengths[value] + length);
    }
}
