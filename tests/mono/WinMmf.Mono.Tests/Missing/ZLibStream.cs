using System.IO;
using System.IO.Compression;
using Xunit;

namespace WinMmf.Mono.Missing;

/// <summary>A zlib stream for reading: two bytes of header, then deflate. The checksum at its end is not looked at.</summary>
internal sealed class ZLibStream : DeflateStream
{
    public ZLibStream(Stream stream, CompressionMode mode)
        : base(AfterHeader(stream), mode) => Assert.Equal(CompressionMode.Decompress, mode);

    private static Stream AfterHeader(Stream stream)
    {
        int method = stream.ReadByte(), flags = stream.ReadByte();
        Assert.True((method & 0x0F) == 8 && ((method << 8) | flags) % 31 == 0, "The stream has no zlib header.");
        return stream;
    }
}
