using System;
using System.IO;

namespace WinMmf.Management.Imaging;

/// <summary>Cuts what is written to it into IDAT chunks.</summary>
internal sealed class PngDataStream : Stream
{
    private readonly Stream _output;
    private readonly byte[] _buffer;
    private int _count;

    public PngDataStream(Stream output, int chunkBytes)
    {
        _output = output;
        _buffer = new byte[chunkBytes];
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            if (_count == _buffer.Length)
                WriteOut();
            int part = Math.Min(count, _buffer.Length - _count);
            Buffer.BlockCopy(buffer, offset, _buffer, _count, part);
            _count += part;
            offset += part;
            count -= part;
        }
    }

    /// <summary>Nothing: chunks are cut by size, not by flushes of the compressor.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _count > 0)
            WriteOut();
        base.Dispose(disposing);
    }

    private void WriteOut()
    {
        // Emptied first: Dispose must not write again to a stream that failed.
        int count = _count;
        _count = 0;
        PngEncoder.WriteChunk(_output, "IDAT", _buffer, count);
    }
}
