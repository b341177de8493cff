using System;
using System.Globalization;
using System.Text;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Management.Imaging;

/// <summary>
/// Draws frames as lines of text. A character is about twice as high as wide, so an upper half block shows two square pixels: one in its
/// own colour, one in that of its background. Without colours a character stands for the brightness of both. Keeps its memory between
/// frames.
/// </summary>
internal sealed class TerminalPicture
{
    private const char UpperHalf = '\u2580';
    private const string Ramp = " .:-=+*#%@";
    private const string Reset = "\u001b[0m";

    /// <summary>Rows of the source that are looked at for one row of the picture.</summary>
    private const int RowsAtMost = 3;

    private readonly TerminalColors _colors;
    private readonly StringBuilder _line = new();
    private byte[] _source = [];
    private int[] _sums = [];
    private byte[] _upper = [];
    private byte[] _lower = [];

    /// <summary>Makes one.</summary>
    /// <param name="colors">What the terminal can show.</param>
    public TerminalPicture(TerminalColors colors) => _colors = colors;

    /// <summary>Draws a frame as large as it fits, in its proportions.</summary>
    /// <param name="format">The frame's format; not Mjpg.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <param name="columns">The most characters a line.</param>
    /// <param name="rows">The most lines.</param>
    /// <exception cref="WinMmfException">InvalidFormat for a compressed format.</exception>
    public string[] Draw(in FrameFormat format, IntPtr payload, int columns, int rows)
    {
        if (format.PixelFormat == PixelFormat.Mjpg)
            throw new WinMmfException(
                WinMmfErrorId.InvalidFormat,
                "Compressed frames (Mjpg) cannot be drawn in a terminal; the viewer's page shows them.");
        (int width, int height) = Fit(format.Width, format.Height, Math.Max(1, columns), Math.Max(1, rows) * 2);
        if (_source.Length < format.Width * 3)
            _source = new byte[format.Width * 3];
        if (_upper.Length < width * 3)
            (_upper, _lower, _sums) = (new byte[width * 3], new byte[width * 3], new int[width * 3]);
        string[] lines = new string[(height + 1) / 2];
        for (int i = 0; i < lines.Length; i++)
        {
            Shrink(format, payload, i * 2, height, width, _upper);
            bool hasLower = (i * 2) + 1 < height;
            if (hasLower)
                Shrink(format, payload, (i * 2) + 1, height, width, _lower);
            lines[i] = _colors == TerminalColors.None ? WriteCharacters(width, hasLower) : WriteBlocks(width, hasLower);
        }

        return lines;
    }

    /// <summary>The largest size in the proportions of a picture.</summary>
    internal static (int Width, int Height) Fit(int width, int height, int mostWidth, int mostHeight)
    {
        long byWidth = (((long)height * mostWidth) + (width / 2)) / width;
        if (byWidth <= mostHeight)
            return (mostWidth, (int)Math.Max(1, byWidth));
        long byHeight = (((long)width * mostHeight) + (height / 2)) / height;
        return ((int)Math.Min(mostWidth, Math.Max(1, byHeight)), mostHeight);
    }

    /// <summary>One row of the picture: each pixel is the mean of the pixels that it stands for.</summary>
    private void Shrink(in FrameFormat format, IntPtr payload, int row, int height, int width, byte[] to)
    {
        int first = (int)((long)row * format.Height / height);
        int end = Math.Max(first + 1, (int)((long)(row + 1) * format.Height / height));
        int taken = Math.Min(RowsAtMost, end - first);
        Array.Clear(_sums, 0, width * 3);
        for (int i = 0; i < taken; i++)
        {
            PixelConverter.RowToRgb(format, payload, first + (int)((((i * 2) + 1L) * (end - first)) / (taken * 2)), _source);
            for (int x = 0; x < width; x++)
            {
                (int from, int past) = Span(x, width, format.Width);
                for (int p = from; p < past; p++)
                {
                    _sums[x * 3] += _source[p * 3];
                    _sums[(x * 3) + 1] += _source[(p * 3) + 1];
                    _sums[(x * 3) + 2] += _source[(p * 3) + 2];
                }
            }
        }

        for (int x = 0; x < width; x++)
        {
            (int from, int past) = Span(x, width, format.Width);
            int count = taken * (past - from);
            for (int i = x * 3; i < (x * 3) + 3; i++)
                to[i] = (byte)(_sums[i] / count);
        }
    }

    private static (int From, int Past) Span(int x, int width, int source)
    {
        int from = (int)((long)x * source / width);
        return (from, Math.Max(from + 1, (int)((long)(x + 1) * source / width)));
    }

    private string WriteBlocks(int width, bool hasLower)
    {
        _line.Clear();
        string? fore = null;
        string? back = null;
        for (int x = 0; x < width; x++)
        {
            string upper = Color(38, _upper, x * 3);
            string lower = hasLower ? Color(48, _lower, x * 3) : "49";
            if (upper != fore || lower != back)
                _line.Append("\u001b[").Append(upper == fore ? lower : lower == back ? upper : upper + ";" + lower).Append('m');
            (fore, back) = (upper, lower);
            _line.Append(UpperHalf);
        }

        return _line.Append(Reset).ToString();
    }

    private string WriteCharacters(int width, bool hasLower)
    {
        _line.Clear();
        for (int x = 0; x < width; x++)
        {
            int light = Light(_upper, x * 3);
            if (hasLower)
                light = (light + Light(_lower, x * 3)) / 2;
            _line.Append(Ramp[light * Ramp.Length / 256]);
        }

        return _line.ToString();
    }

    private static int Light(byte[] rgb, int at) => ((rgb[at] * 299) + (rgb[at + 1] * 587) + (rgb[at + 2] * 114)) / 1000;

    private string Color(int kind, byte[] rgb, int at) => _colors == TerminalColors.True
        ? string.Format(CultureInfo.InvariantCulture, "{0};2;{1};{2};{3}", kind, rgb[at], rgb[at + 1], rgb[at + 2])
        : string.Format(CultureInfo.InvariantCulture, "{0};5;{1}", kind, PaletteIndex(rgb[at], rgb[at + 1], rgb[at + 2]));

    /// <summary>The nearest of xterm's colours: a cube of 6×6×6 from 16 on, and 24 greys from 232 on.</summary>
    internal static int PaletteIndex(int red, int green, int blue)
    {
        (int r, int g, int b) = (Step(red), Step(green), Step(blue));
        int gray = Math.Min(23, Math.Max(0, (((red + green + blue) / 3) - 3) / 10));
        int grayLevel = 8 + (gray * 10);
        int toCube = Distance(red - Level(r), green - Level(g), blue - Level(b));
        int toGray = Distance(red - grayLevel, green - grayLevel, blue - grayLevel);
        return toGray < toCube ? 232 + gray : 16 + (36 * r) + (6 * g) + b;
    }

    private static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);

    private static int Step(int value) => value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;

    private static int Distance(int red, int green, int blue) => (red * red) + (green * green) + (blue * blue);
}
