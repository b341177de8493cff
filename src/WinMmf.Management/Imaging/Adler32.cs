using System;

namespace WinMmf.Management.Imaging;

/// <summary>The checksum at the end of a zlib stream (RFC 1950).</summary>
internal struct Adler32
{
    private const uint Modulus = 65_521;

    /// <summary>The most bytes whose sums cannot overflow 32 bits.</summary>
    private const int Block = 5552;

    private uint _a;
    private uint _b;
    private bool _started;

    public readonly uint Value => _started ? (_b << 16) | _a : 1;

    public void Append(byte[] data, int count)
    {
        uint a = _started ? _a : 1;
        uint b = _b;
        _started = true;
        for (int i = 0; i < count;)
        {
            int end = Math.Min(count, i + Block);
            for (; i < end; i++)
            {
                a += data[i];
                b += a;
            }

            a %= Modulus;
            b %= Modulus;
        }

        _a = a;
        _b = b;
    }
}
