using System;
using System.Buffers.Binary;
using WinMmf.Frames;
using WinMmf.Layouts;

namespace WinMmf.Capture;

/// <summary>
/// Draws the synthetic picture. Whatever does not move is kept as ready-made rows, so that a frame costs one copy of
/// each row, a few short copies on top, and the checksum.
/// </summary>
internal sealed class TestPicture
{
    private const int DigitCount = 8;
    private const int Gap = 1;
    private const int GradientStep = 4;
    private const int BoxStep = 5;

    /// <summary>The gradient takes the lowest 1/4 of the picture.</summary>
    private const int GradientShare = 4;

    private static readonly Rgb[] Bars =
    [
        new(235, 235, 235), new(235, 235, 16), new(16, 235, 235), new(16, 235, 16),
        new(235, 16, 235), new(235, 16, 16), new(16, 16, 235), new(16, 16, 16),
    ];

    private readonly FrameFormat _format;
    private readonly PicturePlane[] _planes;
    private readonly byte[][] _bars;
    private readonly byte[][] _gradient;
    private readonly byte[][] _white;
    private readonly byte[][] _black;
    private readonly byte[][] _box;
    private readonly int _gradientTop;
    private readonly int _boxSize;
    private readonly int _dot;

    public TestPicture(in FrameFormat format)
    {
        _format = format;
        _planes = PicturePlane.Of(format);
        int width = format.Width;
        _gradientTop = (format.Height - (format.Height / GradientShare)) & ~1;
        _boxSize = Math.Max(2, Math.Min(width, format.Height) / 6) & ~1;

        // Dots of an even size, so that digits are sharp in the chroma planes as well; 0: no room for digits.
        int room = Math.Min(width / ((DigitFont.Width + Gap) * DigitCount + Gap), _gradientTop / 3 / (DigitFont.Height + (2 * Gap)));
        _dot = room >= 2 ? room & ~1 : room;
        _bars = Rows(1, x => Bars[Math.Min(Bars.Length - 1, x * Bars.Length / width)]);

        // Twice as wide: a window that moves over it shows a gradient that wraps around.
        _gradient = Rows(2, x => Rgb.Gray(x % width * 255 / Math.Max(1, width - 1)));
        _white = Rows(1, static _ => new Rgb(255, 255, 255));
        _black = Rows(1, static _ => new Rgb(0, 0, 0));
        _box = Rows(1, static _ => new Rgb(255, 128, 0));
    }

    /// <summary>Draws a frame and its header.</summary>
    public unsafe void Draw(Span<byte> payload, long number)
    {
        for (int i = 0; i < _planes.Length; i++)
            DrawBackground(payload, _planes[i], _bars[i], _gradient[i], number);
        Fill(payload, _box, Bounce(number, _format.Width - _boxSize), Bounce(number * 3 / 4, _format.Height - _boxSize), _boxSize,
            _boxSize);
        if (_dot > 0)
            DrawNumber(payload, number);

        BinaryPrimitives.WriteUInt64LittleEndian(payload[SyntheticPayload.NumberOffset..], (ulong)number);
        fixed (byte* bytes = payload)
            *(ulong*)(bytes + SyntheticPayload.ChecksumOffset) = SyntheticPayload.Checksum(bytes, payload.Length, (ulong)number);
    }

    private static void CopyRows(Span<byte> payload, PicturePlane plane, byte[] bars, byte[] gradient, int top, int shift)
    {
        Span<byte> rows = payload.Slice(plane.Offset, plane.Rows * plane.Stride);
        ReadOnlySpan<byte> moved = gradient.AsSpan(shift * plane.CellBytes, plane.Stride);
        for (int row = 0; row < plane.Rows; row++)
            (row < top ? bars : moved).CopyTo(rows.Slice(row * plane.Stride, plane.Stride));
    }

    /// <summary>To and fro between 0 and <paramref name="range"/>.</summary>
    private static int Bounce(long number, int range)
    {
        if (range <= 0)
            return 0;
        long at = number * BoxStep % (2L * range);
        return (int)(at < range ? at : (2L * range) - at);
    }

    private void DrawBackground(Span<byte> payload, PicturePlane plane, byte[] bars, byte[] gradient, long number)
    {
        int shift = (int)(number * GradientStep % _format.Width) / plane.CellWidth % plane.Cells;
        CopyRows(payload, plane, bars, gradient, _gradientTop / plane.CellHeight, shift);
    }

    private void DrawNumber(Span<byte> payload, long number)
    {
        int pitch = (DigitFont.Width + Gap) * _dot;
        int left = (_format.Width - (pitch * DigitCount)) / 2 & ~1;
        int top = (_gradientTop / 3) & ~1;
        Fill(payload, _black, left - (Gap * _dot), top - (Gap * _dot), (pitch * DigitCount) + (Gap * _dot),
            (DigitFont.Height + (2 * Gap)) * _dot);
        long rest = number;
        for (int i = DigitCount - 1; i >= 0; i--, rest /= 10)
            DrawDigit(payload, (int)(rest % 10), left + (i * pitch), top);
    }

    private void DrawDigit(Span<byte> payload, int digit, int left, int top)
    {
        for (int y = 0; y < DigitFont.Height; y++)
        {
            for (int x = 0; x < DigitFont.Width; x++)
            {
                if (DigitFont.HasDot(digit, x, y))
                    Fill(payload, _white, left + (x * _dot), top + (y * _dot), _dot, _dot);
            }
        }
    }

    private void Fill(Span<byte> payload, byte[][] colour, int left, int top, int width, int height)
    {
        int right = Math.Min(left + width, _format.Width);
        int bottom = Math.Min(top + height, _format.Height);
        left = Math.Max(left, 0);
        top = Math.Max(top, 0);
        for (int i = 0; i < _planes.Length; i++)
        {
            PicturePlane plane = _planes[i];
            int from = left / plane.CellWidth;
            int cells = Math.Min(plane.Cells, right / plane.CellWidth) - from;
            int lastRow = Math.Min(plane.Rows, bottom / plane.CellHeight);
            if (cells <= 0)
                continue;
            ReadOnlySpan<byte> run = colour[i].AsSpan(0, cells * plane.CellBytes);
            for (int row = top / plane.CellHeight; row < lastRow; row++)
                run.CopyTo(payload[(plane.Offset + (row * plane.Stride) + (from * plane.CellBytes))..]);
        }
    }

    private byte[][] Rows(int times, Func<int, Rgb> colourAt) =>
        Array.ConvertAll(_planes, plane => plane.Row(plane.Cells * times, colourAt));
}
