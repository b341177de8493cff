using System.IO;

namespace WinMmf.Management.Imaging;

/// <summary>Writes the coded data of a JPEG scan: bits from the highest on, a zero byte after each 0xFF (ITU-T T.81, F.1.2.3).</summary>
internal sealed class JpegBitWriter
{
    private const int Capacity = 65_536;
    private readonly Stream _output;
    private readonly byte[] _buffer = new byte[Capacity];
    private int _count;
    private ulong _bits;
    private int _held;

    public JpegBitWriter(Stream output) => _output = output;

    /// <summary>Writes up to 32 bits.</summary>
    /// <param name="bits">The bits, with nothing above them.</param>
    /// <param name="length">How many.</param>
    public void Write(uint bits, int length)
    {
        _bits = (_bits << length) | bits;
        _held += length;
        while (_held >= 8)
        {
            _held -= 8;
            Put((byte)(_bits >> _held));
        }
    }

    /// <summary>Fills the last byte with ones and gives everything to the stream.</summary>
    public void Finish()
    {
        if (_held > 0)
            Write((1u << (8 - _held)) - 1, 8 - _held);
        _output.Write(_buffer, 0, _count);
        _count = 0;
    }

    private void Put(byte value)
    {
        if (_count > Capacity - 2)
        {
            _output.Write(_buffer, 0, _count);
            _count = 0;
        }

        _buffer[_count++] = value;
        if (value == 0xFF)
            _buffer[_count++] = 0;
    }
}
