using System;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>
/// One plane of a picture, seen as rows of equal cells: a cell is the smallest unit that can have a colour of its
/// own (a pixel, or two side by side in YUY2, or two by two in a chroma plane).
/// </summary>
internal sealed class PicturePlane
{
    private readonly Func<Rgb, byte[]> _encode;

    private PicturePlane(int offset, int stride, int rows, int cellWidth, int cellHeight, Func<Rgb, byte[]> encode)
    {
        Offset = offset;
        Stride = stride;
        Rows = rows;
        CellWidth = cellWidth;
        CellHeight = cellHeight;
        _encode = encode;
        CellBytes = encode(default).Length;
        Cells = stride / CellBytes;
    }

    /// <summary>Where the plane begins in the payload.</summary>
    public int Offset { get; }

    /// <summary>Bytes a row.</summary>
    public int Stride { get; }

    /// <summary>Rows of the plane.</summary>
    public int Rows { get; }

    /// <summary>Cells a row.</summary>
    public int Cells { get; }

    /// <summary>Pixels that a cell covers from left to right.</summary>
    public int CellWidth { get; }

    /// <summary>Pixels that a cell covers from top to bottom.</summary>
    public int CellHeight { get; }

    /// <summary>Bytes of a cell.</summary>
    public int CellBytes { get; }

    /// <summary>The planes of a packed format.</summary>
    public static PicturePlane[] Of(in FrameFormat format)
    {
        int w = format.Width;
        int h = format.Height;
        return format.PixelFormat switch
        {
            PixelFormat.Bgr24 => [new(0, w * 3, h, 1, 1, static c => [c.B, c.G, c.R])],
            PixelFormat.Bgra32 => [new(0, w * 4, h, 1, 1, static c => [c.B, c.G, c.R, 255])],
            PixelFormat.Gray8 => [new(0, w, h, 1, 1, static c => [c.FullLuma])],
            PixelFormat.Yuy2 => [new(0, w * 2, h, 2, 1, static c => [c.Y, c.U, c.Y, c.V])],
            PixelFormat.Nv12 => [Luma(w, h), new(w * h, w, h / 2, 2, 2, static c => [c.U, c.V])],
            PixelFormat.I420 =>
            [
                Luma(w, h),
                new(w * h, w / 2, h / 2, 2, 2, static c => [c.U]),
                new((w * h) + (w / 2 * (h / 2)), w / 2, h / 2, 2, 2, static c => [c.V]),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    /// <summary>A row in which every cell has the colour that <paramref name="colourAt"/> gives for its leftmost pixel.</summary>
    public byte[] Row(int cells, Func<int, Rgb> colourAt)
    {
        byte[] row = new byte[cells * CellBytes];
        for (int i = 0; i < cells; i++)
            _encode(colourAt(i * CellWidth)).CopyTo(row, i * CellBytes);
        return row;
    }

    private static PicturePlane Luma(int width, int height) => new(0, width, height, 1, 1, static c => [c.Y]);
}
