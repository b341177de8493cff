using System;

namespace WinMmf.Management.Imaging;

/// <summary>Turns 8×8 samples of one component into coded bits: cosine transform, quantisation, Huffman codes.</summary>
internal sealed unsafe class JpegBlock
{
    /// <summary>Samples a side.</summary>
    public const int Side = 8;

    /// <summary>The order in which coefficients are stored: from the low frequencies to the high ones.</summary>
    public static readonly byte[] ZigZag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private const int Size = Side * Side;
    private const int EndOfBlock = 0;
    private const int SixteenZeros = 0xF0;

    // cos(kπ/16)/2.
    private const float C1 = 0.49039264f;
    private const float C2 = 0.46193977f;
    private const float C3 = 0.41573481f;
    private const float C4 = 0.35355339f;
    private const float C5 = 0.27778512f;
    private const float C6 = 0.19134172f;
    private const float C7 = 0.09754516f;

    private readonly float[] _scale = new float[Size];
    private readonly float[] _samples = new float[Size];
    private readonly int[] _coefficients = new int[Size];
    private readonly JpegHuffman _dc;
    private readonly JpegHuffman _ac;
    private int _lastDc;

    /// <summary>Makes the coder of one component.</summary>
    /// <param name="quantisation">What coefficients are divided by, row by row.</param>
    /// <param name="dc">Codes of the means.</param>
    /// <param name="ac">Codes of all else.</param>
    public JpegBlock(byte[] quantisation, JpegHuffman dc, JpegHuffman ac)
    {
        for (int i = 0; i < Size; i++)
            _scale[i] = 1f / quantisation[i];
        (_dc, _ac) = (dc, ac);
    }

    /// <summary>Codes one block.</summary>
    /// <param name="samples">Its first sample, 0 to 255.</param>
    /// <param name="stride">Samples from one row to the next.</param>
    /// <param name="writer">Where to.</param>
    public void Write(byte* samples, int stride, JpegBitWriter writer)
    {
        fixed (float* block = _samples)
        {
            for (int y = 0; y < Side; y++)
            {
                byte* row = samples + (y * (long)stride);
                for (int x = 0; x < Side; x++)
                    block[(y * Side) + x] = row[x] - 128;
                Transform(block + (y * Side), 1);
            }

            for (int x = 0; x < Side; x++)
                Transform(block + x, Side);
            for (int i = 0; i < Size; i++)
            {
                float value = block[ZigZag[i]] * _scale[ZigZag[i]];
                _coefficients[i] = (int)(value < 0 ? value - 0.5f : value + 0.5f);
            }
        }

        Code(writer);
    }

    /// <summary>The cosine transform of 8 values, by the symmetry of its even and odd terms.</summary>
    private static void Transform(float* p, int step)
    {
        float s0 = p[0] + p[7 * step], d0 = p[0] - p[7 * step];
        float s1 = p[step] + p[6 * step], d1 = p[step] - p[6 * step];
        float s2 = p[2 * step] + p[5 * step], d2 = p[2 * step] - p[5 * step];
        float s3 = p[3 * step] + p[4 * step], d3 = p[3 * step] - p[4 * step];
        p[0] = (s0 + s1 + s2 + s3) * C4;
        p[4 * step] = (s0 - s1 - s2 + s3) * C4;
        p[2 * step] = ((s0 - s3) * C2) + ((s1 - s2) * C6);
        p[6 * step] = ((s0 - s3) * C6) - ((s1 - s2) * C2);
        p[step] = (d0 * C1) + (d1 * C3) + (d2 * C5) + (d3 * C7);
        p[3 * step] = (d0 * C3) - (d1 * C7) - (d2 * C1) - (d3 * C5);
        p[5 * step] = (d0 * C5) - (d1 * C1) + (d2 * C7) + (d3 * C3);
        p[7 * step] = (d0 * C7) - (d1 * C5) + (d2 * C3) - (d3 * C1);
    }

    private void Code(JpegBitWriter writer)
    {
        int difference = _coefficients[0] - _lastDc;
        _lastDc = _coefficients[0];
        int size = SizeOf(difference);
        _dc.Write(writer, size, BitsOf(difference, size), size);
        int zeros = 0;
        for (int i = 1; i < Size; i++)
        {
            int value = _coefficients[i];
            if (value == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros >= 16; zeros -= 16)
                _ac.Write(writer, SixteenZeros);
            size = SizeOf(value);
            _ac.Write(writer, (zeros << 4) | size, BitsOf(value, size), size);
            zeros = 0;
        }

        if (zeros > 0)
            _ac.Write(writer, EndOfBlock);
    }

    private static int SizeOf(int value)
    {
        int size = 0;
        for (int rest = Math.Abs(value); rest > 0; rest >>= 1)
            size++;
        return size;
    }

    /// <summary>A negative value is written as one less, without the sign.</summary>
    private static uint BitsOf(int value, int size) => (uint)(value < 0 ? value - 1 : value) & ((1u << size) - 1);
}
