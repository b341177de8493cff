using System;
using System.Linq;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Values;
using Xunit;

namespace WinMmf.PowerShell.Tests.Values;

public sealed class ValueCodecTests
{
    public static TheoryData<MemoryValueType, object[], string> Values => new()
    {
        { MemoryValueType.Byte, [(byte)1, (byte)255], "01-FF" },
        { MemoryValueType.SByte, [(sbyte)-1, sbyte.MinValue], "FF-80" },
        { MemoryValueType.Int16, [(short)-2, (short)258], "FE-FF-02-01" },
        { MemoryValueType.UInt16, [ushort.MaxValue, (ushort)258], "FF-FF-02-01" },
        { MemoryValueType.Int32, [-3, 0x01020304], "FD-FF-FF-FF-04-03-02-01" },
        { MemoryValueType.UInt32, [0xFFFFFFFEu], "FE-FF-FF-FF" },
        { MemoryValueType.Int64, [long.MinValue], "00-00-00-00-00-00-00-80" },
        { MemoryValueType.UInt64, [0x0102030405060708ul], "08-07-06-05-04-03-02-01" },
        { MemoryValueType.Single, [1f], "00-00-80-3F" },
        { MemoryValueType.Double, [1d], "00-00-00-00-00-00-F0-3F" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_little_endian_bytes_and_come_back(MemoryValueType type, object[] values, string bytes)
    {
        byte[] written = [.. values.SelectMany(ValueCodec.Write)];
        Assert.Equal(bytes, BitConverter.ToString(written));
        Assert.Equal(values, ValueCodec.Read(written, type));
        Assert.All(values, value => Assert.Equal((type, value.GetType()), (ValueCodec.TypeOf(value)!.Value, ValueCodec.TypeOf(type))));
        Assert.Equal(written.Length / values.Length, ValueCodec.SizeOf(type));
    }

    [Fact]
    public void Bytes_that_fill_no_whole_value_are_left_out() =>
        Assert.Equal([1], ValueCodec.Read([1, 0, 0, 0, 2, 0], MemoryValueType.Int32).Cast<int>());

    [Fact]
    public void Arrays_of_numbers_are_taken_as_they_lie()
    {
        Assert.Equal(MemoryValueType.Int16, ValueCodec.TypeOfElements(new short[] { 1 }));
        Assert.Equal([0xFE, 0xFF, 1, 0], ValueCodec.CopyBytes(new short[] { -2, 1 }, MemoryValueType.Int16));
        Assert.Equal(MemoryValueType.SByte, ValueCodec.TypeOfElements(new sbyte[] { 1 }));
        Array[] others = [new object[1], new string[1], new char[1], new bool[1], new decimal[1], new DayOfWeek[1], new int[1, 1]];
        foreach (Array other in others)
            Assert.Null(ValueCodec.TypeOfElements(other));
    }

    [Fact]
    public void What_no_memory_can_hold_has_no_type()
    {
        Assert.Null(ValueCodec.TypeOf(DateTime.Now));
        Assert.Throws<ArgumentException>(() => ValueCodec.Write(DateTime.Now));
    }

    [Fact]
    public void Lines_for_people_have_sixteen_bytes_each()
    {
        SharedMemoryHexLine[] lines = [.. SharedMemoryHexLine.Of("m", 32, [.. Enumerable.Range(60, 20).Select(value => (byte)value)])];
        Assert.Equal([32L, 48], lines.Select(line => line.Offset));
        Assert.Equal("3C 3D 3E 3F 40 41 42 43 44 45 46 47 48 49 4A 4B", lines[0].Hex);
        Assert.Equal("<=>?@ABCDEFGHIJK", lines[0].Text);
        Assert.Equal("4C 4D 4E 4F", lines[1].Hex);
        Assert.Equal(".", SharedMemoryHexLine.Of("m", 0, [0x7F]).Single().Text);
    }
}
