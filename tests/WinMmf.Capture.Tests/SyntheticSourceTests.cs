using System;
using System.Buffers.Binary;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Management.Imaging;
using WinMmf.Tests;
using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class SyntheticSourceTests
{
    public static TheoryData<PixelFormat, int, int> Formats()
    {
        TheoryData<PixelFormat, int, int> data = [];
        foreach (PixelFormat format in new[] { PixelFormat.Bgr24, PixelFormat.Bgra32, PixelFormat.Gray8 })
        {
            foreach ((int w, int h) in new[] { (640, 480), (641, 479), (3, 9), (24, 1), (1, 24), (333, 77) })
                data.Add(format, w, h);
        }

        foreach ((int w, int h) in new[] { (640, 480), (642, 479), (2, 9), (334, 77) })
            data.Add(PixelFormat.Yuy2, w, h);
        foreach ((int w, int h) in new[] { (640, 480), (642, 482), (4, 6), (334, 78) })
        {
            data.Add(PixelFormat.Nv12, w, h);
            data.Add(PixelFormat.I420, w, h);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_and_size_verifies_and_agrees_with_the_protocol_text(PixelFormat format, int width, int height)
    {
        using SyntheticSource source = new(width, height, format, 30);
        byte[] payload = new byte[source.Format.PayloadLength];
        foreach (long number in new[] { 1, 2, 77, 123_456_789_012 })
        {
            source.Draw(payload, number);
            Assert.True(SyntheticPayload.IsWhole(payload, out long found));
            Assert.Equal(number, found);
            Assert.Equal(Straightforward(payload), BinaryPrimitives.ReadUInt64LittleEndian(payload.AsSpan(8)));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_single_wrong_bit_anywhere_is_found(PixelFormat format, int width, int height)
    {
        using SyntheticSource source = new(width, height, format, 30);
        byte[] payload = new byte[source.Format.PayloadLength];
        source.Draw(payload, 5);
        Random random = new(width * height);
        for (int i = 0; i < 40; i++)
        {
            // Number, checksum, first, last, then anywhere.
            int at = i switch { 0 => 0, 1 => 8, 2 => 16, 3 => payload.Length - 1, _ => random.Next(payload.Length) };
            byte bit = (byte)(1 << random.Next(8));
            payload[at] ^= bit;
            Assert.False(SyntheticPayload.IsWhole(payload, out _), $"byte {at} of {payload.Length}");
            payload[at] ^= bit;
        }

        Assert.True(SyntheticPayload.IsWhole(payload, out _));
    }

    [Fact]
    public void Half_of_one_frame_and_half_of_the_next_is_torn()
    {
        using SyntheticSource source = new(320, 240, PixelFormat.Bgr24, 30);
        byte[] one = new byte[source.Format.PayloadLength];
        byte[] two = new byte[source.Format.PayloadLength];
        source.Draw(one, 1);
        source.Draw(two, 2);
        two.AsSpan(two.Length / 2).CopyTo(one.AsSpan(one.Length / 2));
        Assert.False(SyntheticPayload.IsWhole(one, out _));
        Assert.False(SyntheticPayload.IsWhole(default(ReadOnlySpan<byte>), out _));
        Assert.False(SyntheticPayload.IsWhole(new byte[23], out _));
    }

    [Fact]
    public void All_formats_show_the_same_picture()
    {
        byte[] expected = Rgb(PixelFormat.Bgr24);
        foreach (PixelFormat format in new[] { PixelFormat.Bgra32, PixelFormat.Yuy2, PixelFormat.Nv12, PixelFormat.I420 })
        {
            byte[] shown = Rgb(format);
            int wrong = 0;

            // From below the header on. Chroma is coarse at the edges of things, so a few pixels differ.
            for (int i = 640 * 3 * 4; i < expected.Length; i++)
                wrong += Math.Abs(expected[i] - shown[i]) > 24 ? 1 : 0;
            Assert.True(wrong < expected.Length / 100, $"{format}: {wrong} of {expected.Length} samples differ");
        }
    }

    [Fact]
    public void The_picture_moves()
    {
        using SyntheticSource source = new(640, 480, PixelFormat.Gray8, 30);
        byte[] one = new byte[source.Format.PayloadLength];
        byte[] two = new byte[source.Format.PayloadLength];
        source.Draw(one, 1);
        source.Draw(two, 2);
        int moved = 0;
        for (int i = 16; i < one.Length; i++)
            moved += one[i] != two[i] ? 1 : 0;
        Assert.True(moved > one.Length / 20, $"only {moved} samples differ");
    }

    [Fact]
    public void Drawing_and_verifying_allocate_nothing()
    {
        using SyntheticSource source = new(640, 480, PixelFormat.Nv12, 30);
        byte[] payload = new byte[source.Format.PayloadLength];
        source.Draw(payload, 1);
        SyntheticPayload.IsWhole(payload, out _);
        Allocation.AssertNone(() =>
        {
            for (int i = 2; i < 50; i++)
            {
                source.Draw(payload, i);
                Assert.True(SyntheticPayload.IsWhole(payload, out _));
            }
        });
    }

    [Theory]
    [InlineData(640, 480, PixelFormat.Mjpg, "instead of Mjpg")]
    [InlineData(641, 480, PixelFormat.I420, "even")]
    [InlineData(2, 2, PixelFormat.Gray8, "at least 24 bytes")]
    [InlineData(0, 480, PixelFormat.Bgr24, "impossible")]
    public void What_cannot_be_drawn_is_a_clear_error(int width, int height, PixelFormat format, string says)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => new SyntheticSource(width, height, format, 30));
        Assert.Equal(WinMmfErrorId.InvalidFormat, e.ErrorId);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_rate_must_be_above_zero(double rate) =>
        Assert.Equal(WinMmfErrorId.InvalidArgument,
            Assert.Throws<WinMmfException>(() => new SyntheticSource(64, 48, PixelFormat.Bgr24, rate)).ErrorId);

    /// <summary>The protocol's text, word by word, byte by byte.</summary>
    private static ulong Straightforward(byte[] payload)
    {
        ulong h = 0xCBF29CE484222325 ^ BitConverter.ToUInt64(payload, 0);
        for (int i = 16; i < payload.Length; i += 8)
        {
            ulong group = 0;
            for (int j = 0; j < 8 && i + j < payload.Length; j++)
                group |= (ulong)payload[i + j] << (8 * j);
            h = unchecked((h ^ group) * 0x00000100000001B3);
        }

        return h;
    }

    private static byte[] Rgb(PixelFormat format)
    {
        using SyntheticSource source = new(640, 480, format, 30);
        using NativeBytes payload = new(source.Format.PayloadLength);
        source.Draw(payload.Span, 42);
        byte[] rgb = new byte[640 * 480 * 3];
        for (int row = 0; row < 480; row++)
            PixelConverter.RowToRgb(source.Format, payload.Address, row, rgb, row * 640 * 3);
        return rgb;
    }
}
