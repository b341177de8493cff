using System;
using WinMmf.Frames;

namespace WinMmf.Management.Imaging;

/// <summary>
/// Some rows of a frame as luma and chroma, as high as the blocks that belong together: 8 rows, or 16 where two rows share their chroma.
/// Where the picture ends within a block, its last column and row go on to the block's end.
/// </summary>
internal sealed unsafe class JpegStrip
{
    private readonly FrameFormat _format;
    private readonly int _across;
    private readonly int _down;
    private readonly int _width;
    private readonly byte[] _rgb;
    private readonly byte[][] _planes;

    /// <summary>Makes room for one.</summary>
    /// <param name="format">The frame's format.</param>
    /// <param name="across">Pixels of a row that share their chroma: 1 or 2.</param>
    /// <param name="down">Rows that do: 1 or 2.</param>
    /// <param name="hasColor">False: luma only.</param>
    public JpegStrip(in FrameFormat format, int across, int down, bool hasColor)
    {
        (_format, _across, _down) = (format, across, down);
        Height = JpegBlock.Side * down;
        int unit = JpegBlock.Side * across;
        _width = (format.Width + unit - 1) / unit * unit;
        _rgb = new byte[format.Width * 3];
        _planes = new byte[hasColor ? 3 : 1][];
        for (int i = 0; i < _planes.Length; i++)
            _planes[i] = new byte[_width * Height];
    }

    /// <summary>Rows at a time.</summary>
    public int Height { get; }

    /// <summary>Takes rows of a frame.</summary>
    /// <param name="payload">The frame.</param>
    /// <param name="top">The first row.</param>
    public void Fill(IntPtr payload, int top)
    {
        for (int y = 0; y < Height; y++)
        {
            if (top + y < _format.Height)
                FillRow(payload, top + y, y * _width);
            else
            {
                foreach (byte[] plane in _planes)
                    Array.Copy(plane, (y - 1) * _width, plane, y * _width, _width);
            }
        }

        for (int i = 1; i < _planes.Length; i++)
            Share(_planes[i]);
    }

    /// <summary>Writes its blocks, unit by unit: the blocks of luma of each, then one of each chroma.</summary>
    public void Write(JpegBlock[] coders, JpegBitWriter writer)
    {
        int unit = JpegBlock.Side * _across;
        for (int x = 0; x < _width; x += unit)
        {
            fixed (byte* luma = _planes[0])
            {
                for (int v = 0; v < _down; v++)
                {
                    for (int h = 0; h < _across; h++)
                        coders[0].Write(luma + (v * JpegBlock.Side * _width) + x + (h * JpegBlock.Side), _width, writer);
                }
            }

            for (int i = 1; i < _planes.Length; i++)
            {
                fixed (byte* chroma = _planes[i])
                    coders[i].Write(chroma + (x / _across), _width, writer);
            }
        }
    }

    /// <summary>JFIF's colours: BT.601 in full range, in 16-bit fixed point.</summary>
    private void FillRow(IntPtr payload, int row, int at)
    {
        PixelConverter.RowToRgb(_format, payload, row, _rgb);
        bool hasColor = _planes.Length > 1;
        for (int x = 0; x < _format.Width; x++)
        {
            int r = _rgb[x * 3];
            int g = _rgb[(x * 3) + 1];
            int b = _rgb[(x * 3) + 2];
            _planes[0][at + x] = (byte)(((19_595 * r) + (38_470 * g) + (7_471 * b) + 32_768) >> 16);
            if (!hasColor)
                continue;

            // 128 and a half, less so much that 255.5 does not become 256.
            _planes[1][at + x] = (byte)(((-11_059 * r) - (21_709 * g) + (32_768 * b) + 8_421_375) >> 16);
            _planes[2][at + x] = (byte)(((32_768 * r) - (27_439 * g) - (5_329 * b) + 8_421_375) >> 16);
        }

        foreach (byte[] plane in _planes)
        {
            byte last = plane[at + _format.Width - 1];
            for (int x = _format.Width; x < _width; x++)
                plane[at + x] = last;
        }
    }

    /// <summary>Puts the mean of pixels that share their chroma into the plane's upper left part.</summary>
    private void Share(byte[] plane)
    {
        if (_across == 1)
            return;
        for (int y = 0; y < JpegBlock.Side; y++)
        {
            int from = y * _down * _width;
            for (int x = 0; x < _width / 2; x++)
            {
                int sum = plane[from + (x * 2)] + plane[from + (x * 2) + 1];
                if (_down == 2)
                    sum = (sum + plane[from + _width + (x * 2)] + plane[from + _width + (x * 2) + 1] + 1) >> 1;
                plane[(y * _width) + x] = (byte)((sum + 1) >> 1);
            }
        }
    }
}
