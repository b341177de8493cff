using System;
using System.Linq;
using WinMmf.Errors;
using WinMmf.PowerShell.Values;
using Xunit;

namespace WinMmf.PowerShell.Tests.Values;

public sealed class ValueBufferTests
{
    private static readonly TextCodec Utf8 = new(TextEncoding.UTF8, TextForm.Terminated);

    [Fact]
    public void An_array_of_bytes_is_neither_copied_nor_boxed()
    {
        byte[] bytes = new byte[1 << 20];
        ValueBuffer buffer = new(null, Utf8, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        buffer.Add(bytes);
        byte[] written = buffer.ToBytes(bytes.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Same(bytes, written);
    }

    [Fact]
    public void Other_arrays_of_numbers_are_copied_once()
    {
        double[] numbers = new double[1 << 17];
        numbers[^1] = 1;
        ValueBuffer buffer = new(null, Utf8, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        buffer.Add(numbers);
        byte[] written = buffer.ToBytes(long.MaxValue);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1 << 20, (1 << 20) + (64 * 1024));
        Assert.Equal(1.0, BitConverter.ToDouble(written, written.Length - 8));
    }

    [Fact]
    public void Bytes_one_by_one_keep_no_box()
    {
        object[] boxes = [.. Enumerable.Range(0, 256).Select(value => (object)(byte)value)];
        ValueBuffer buffer = new(null, Utf8, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1 << 16; i++)
            buffer.Add(boxes[i & 255]);
        byte[] written = buffer.ToBytes(long.MaxValue);

        // A stream that doubles, and its copy.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1 << 16, 5 << 16);
        Assert.Equal((1 << 16, 255), (written.Length, written[^1]));
    }

    [Theory]
    [InlineData("-3")]
    [InlineData("-0x10")]
    [InlineData("-1.5")]
    [InlineData("-.5")]
    [InlineData("-2e3")]
    [InlineData("-5kb")]
    [InlineData("-7L")]
    public void Text_that_is_a_number_with_a_sign_asks_for_its_type(string text)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => new ValueBuffer(null, Utf8, null).Add(text));
        Assert.Equal(WinMmfErrorId.InvalidArgument, e.ErrorId);
        Assert.Contains("-Type", e.Message, StringComparison.Ordinal);
        Assert.Equal(text.Length + 1, Bytes(MemoryValueType.Text, text).Length);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("-x")]
    [InlineData("--3")]
    [InlineData("3")]
    [InlineData("2026-01-01")]
    [InlineData("-3 degrees")]
    [InlineData("")]
    public void Any_other_text_is_text(string text) => Assert.Equal(text, Utf8.Decode(Bytes(null, text)));

    [Fact]
    public void The_last_nul_is_left_out_where_the_data_ends()
    {
        ValueBuffer buffer = new(null, Utf8, null);
        buffer.Add("abcd");
        Assert.Equal(5, buffer.ToBytes(5).Length);
        Assert.Equal("abcd"u8.ToArray(), buffer.ToBytes(4));
        Assert.Equal(4, buffer.ToBytes(3).Length);
    }

    [Fact]
    public void Padded_text_fills_the_memory_or_its_range()
    {
        TextCodec padded = new(TextEncoding.UTF8, TextForm.Padded);
        ValueBuffer all = new(null, padded, null);
        all.Add("ab");
        Assert.Equal([0x61, 0x62, 0, 0, 0], all.ToBytes(5));
        ValueBuffer range = new(null, padded, 3);
        range.Add("ab");
        range.Add("c");
        Assert.Equal([0x61, 0x62, 0, 0x63, 0, 0], range.ToBytes(64));
        all.Add("c");
        Assert.Throws<WinMmfException>(() => all.ToBytes(64));
    }

    [Fact]
    public void Text_and_numbers_together_ask_for_a_type()
    {
        ValueBuffer buffer = new(null, Utf8, null);
        buffer.Add(new object[] { 1, "x" });
        Assert.Equal(WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(() => buffer.ToBytes(64)).ErrorId);
    }

    [Fact]
    public void Types_are_what_the_values_are()
    {
        Assert.Equal(4, Bytes(null, 1).Length);
        Assert.Equal(8, Bytes(null, 1.0).Length);
        Assert.Equal(12, Bytes(null, new object[] { 1, 2L }).Length);
        foreach (object unfit in new object[] { DateTime.Now, true, 'c', 1m, new object() })
            Assert.Throws<WinMmfException>(() => new ValueBuffer(null, Utf8, null).Add(unfit));
    }

    private static byte[] Bytes(MemoryValueType? type, object value)
    {
        ValueBuffer buffer = new(type, Utf8, null);
        buffer.Add(value);
        return buffer.ToBytes(long.MaxValue);
    }
}
