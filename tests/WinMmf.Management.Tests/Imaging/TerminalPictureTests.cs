using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using WinMmf.Capture.Tests;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using Xunit;

namespace WinMmf.Management.Tests.Imaging;

public sealed class TerminalPictureTests
{
    [Fact]
    public void A_character_has_the_colours_of_two_pixels()
    {
        // Red above blue, then green above white.
        Assert.Equal(
            ["\u001b[38;2;255;0;0;48;2;0;0;255m▀\u001b[38;2;0;255;0;48;2;255;255;255m▀\u001b[0m"],
            Draw(TerminalColors.True, 2, 2, [0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255], 2, 1));
    }

    [Fact]
    public void The_palette_takes_the_nearest_colour() => Assert.Equal(
        ["\u001b[38;5;196;48;5;21m▀\u001b[38;5;46;48;5;231m▀\u001b[0m"],
        Draw(TerminalColors.Palette, 2, 2, [0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255], 2, 1));

    [Fact]
    public void Every_palette_colour_is_its_own_nearest()
    {
        int[] levels = [0, 95, 135, 175, 215, 255];
        foreach (int r in Enumerable.Range(0, 6))
        {
            foreach (int g in Enumerable.Range(0, 6))
            {
                foreach (int b in Enumerable.Range(0, 6))
                    Assert.Equal(16 + (36 * r) + (6 * g) + b, TerminalPicture.PaletteIndex(levels[r], levels[g], levels[b]));
            }
        }

        for (int gray = 0; gray < 24; gray++)
            Assert.Equal(232 + gray, TerminalPicture.PaletteIndex(8 + (gray * 10), 8 + (gray * 10), 8 + (gray * 10)));
    }

    [Fact]
    public void Without_colours_characters_go_from_dark_to_bright() =>
        Assert.Equal([" @"], Draw(TerminalColors.None, 2, 2, [0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255], 2, 1));

    [Fact]
    public void The_lower_half_of_an_odd_height_has_the_terminals_own_background() =>
        Assert.EndsWith("\u001b[38;2;9;9;9;49m▀\u001b[0m",
            Draw(TerminalColors.True, 1, 3, [9, 9, 9, 9, 9, 9, 9, 9, 9], 1, 2)[1], StringComparison.Ordinal);

    [Fact]
    public void A_pixel_is_the_mean_of_those_that_it_stands_for()
    {
        byte[] bgr = [.. Enumerable.Range(0, 4).SelectMany(static x => new byte[] { (byte)(x * 80), 0, 0 })];
        Assert.Equal(["\u001b[38;2;0;0;40;49m▀\u001b[38;2;0;0;200m▀\u001b[0m"], Draw(TerminalColors.True, 4, 1, bgr, 2, 1));
    }

    [Theory]
    [InlineData(640, 480, 80, 48, 64, 48)]
    [InlineData(640, 480, 80, 60, 80, 60)]
    [InlineData(1920, 1080, 100, 200, 100, 56)]
    [InlineData(65535, 1, 80, 48, 80, 1)]
    [InlineData(1, 65535, 80, 48, 1, 48)]
    [InlineData(1, 1, 80, 48, 48, 48)]
    [InlineData(33, 31, 1, 2, 1, 1)]
    public void A_picture_keeps_its_proportions(
        int width, int height, int mostWidth, int mostHeight, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), TerminalPicture.Fit(width, height, mostWidth, mostHeight));

    [Theory]
    [InlineData(PixelFormat.Bgr24, 63, 47)]
    [InlineData(PixelFormat.Bgra32, 64, 48)]
    [InlineData(PixelFormat.Gray8, 33, 31)]
    [InlineData(PixelFormat.Yuy2, 64, 47)]
    [InlineData(PixelFormat.Nv12, 640, 480)]
    [InlineData(PixelFormat.I420, 66, 48)]
    public void Each_format_and_size_is_drawn_within_the_room(PixelFormat pixels, int width, int height)
    {
        FrameFormat format = FrameFormat.Packed(width, height, pixels);
        using NativeBytes payload = new(format.PayloadLength);
        new Random(4).NextBytes(payload.Span);
        foreach ((int columns, int rows) in new[] { (80, 24), (7, 3), (1, 1), (300, 2) })
        {
            TerminalPicture picture = new(TerminalColors.True);
            string[] lines = picture.Draw(format, payload.Address, columns, rows);
            Assert.InRange(lines.Length, 1, rows);
            IEnumerable<string> bare = lines.Select(line => Regex.Replace(line, "\u001b\\[[0-9;]*m", ""));
            Assert.All(bare, line => Assert.InRange(line.Length, 1, columns));
            Assert.Single(bare.Select(line => line.Length).Distinct());
            Assert.All(bare, line => Assert.Equal(line.Length, line.Count(c => c == '▀')));
        }
    }

    [Fact]
    public void Compressed_frames_are_refused_with_what_shows_them()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => new TerminalPicture(TerminalColors.True).Draw(FrameFormat.Jpeg(64, 48, 9), IntPtr.Zero, 80, 24));
        Assert.Equal(WinMmfErrorId.InvalidFormat, e.ErrorId);
        Assert.Contains("page", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xterm-256color", null, null, TerminalColors.Palette)]
    [InlineData("xterm-256color", "truecolor", null, TerminalColors.True)]
    [InlineData("screen", "24bit", null, TerminalColors.True)]
    [InlineData("xterm-direct", null, null, TerminalColors.True)]
    [InlineData("linux", null, null, TerminalColors.Palette)]
    [InlineData("dumb", "truecolor", null, TerminalColors.None)]
    [InlineData("xterm-256color", "truecolor", "1", TerminalColors.None)]
    [InlineData(null, null, null, TerminalColors.True)]
    public void The_environment_says_what_the_terminal_shows(string? term, string? colorTerm, string? noColor, object expected) =>
        Assert.Equal(
        expected,
        TerminalColorsFinder.Find(name => name switch { "TERM" => term, "COLORTERM" => colorTerm, "NO_COLOR" => noColor, _ => null }));

    private static string[] Draw(TerminalColors colors, int width, int height, byte[] bgr, int columns, int rows)
    {
        FrameFormat format = FrameFormat.Packed(width, height, PixelFormat.Bgr24);
        using NativeBytes payload = new(format.PayloadLength);
        bgr.CopyTo(payload.Span);
        return new TerminalPicture(colors).Draw(format, payload.Address, columns, rows);
    }
}
