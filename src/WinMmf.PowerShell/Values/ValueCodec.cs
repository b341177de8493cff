using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace WinMmf.PowerShell.Values;

/// <summary>
/// Turns bytes into values and back. The systems that WinMmf runs on are little-endian, as the memories are, so
/// <see cref="BitConverter"/> needs no turning of bytes.
/// </summary>
internal static class ValueCodec
{
    /// <summary>Bytes of one value; 1 for text.</summary>
    public static int SizeOf(MemoryValueType type) => type switch
    {
        MemoryValueType.Int16 or MemoryValueType.UInt16 => 2,
        MemoryValueType.Int32 or MemoryValueType.UInt32 or MemoryValueType.Single => 4,
        MemoryValueType.Int64 or MemoryValueType.UInt64 or MemoryValueType.Double => 8,
        _ => 1,
    };

    /// <summary>The .NET type of one value.</summary>
    public static Type TypeOf(MemoryValueType type) => type switch
    {
        MemoryValueType.SByte => typeof(sbyte),
        MemoryValueType.Int16 => typeof(short),
        MemoryValueType.UInt16 => typeof(ushort),
        MemoryValueType.Int32 => typeof(int),
        MemoryValueType.UInt32 => typeof(uint),
        MemoryValueType.Int64 => typeof(long),
        MemoryValueType.UInt64 => typeof(ulong),
        MemoryValueType.Single => typeof(float),
        MemoryValueType.Double => typeof(double),
        MemoryValueType.Text => typeof(string),
        _ => typeof(byte),
    };

    /// <summary>What a value is by itself; null if it is nothing that a memory can hold.</summary>
    public static MemoryValueType? TypeOf(object value) => value switch
    {
        byte => MemoryValueType.Byte,
        sbyte => MemoryValueType.SByte,
        short => MemoryValueType.Int16,
        ushort => MemoryValueType.UInt16,
        int => MemoryValueType.Int32,
        uint => MemoryValueType.UInt32,
        long => MemoryValueType.Int64,
        ulong => MemoryValueType.UInt64,
        float => MemoryValueType.Single,
        double => MemoryValueType.Double,
        string => MemoryValueType.Text,
        _ => null,
    };

    /// <summary>The values in some bytes, one after the other; bytes that fill no whole value are left out.</summary>
    public static IEnumerable<object> Read(byte[] bytes, MemoryValueType type)
    {
        int size = SizeOf(type);
        for (int i = 0; i <= bytes.Length - size; i += size)
        {
            yield return type switch
            {
                MemoryValueType.SByte => unchecked((sbyte)bytes[i]),
                MemoryValueType.Int16 => BitConverter.ToInt16(bytes, i),
                MemoryValueType.UInt16 => BitConverter.ToUInt16(bytes, i),
                MemoryValueType.Int32 => BitConverter.ToInt32(bytes, i),
                MemoryValueType.UInt32 => BitConverter.ToUInt32(bytes, i),
                MemoryValueType.Int64 => BitConverter.ToInt64(bytes, i),
                MemoryValueType.UInt64 => BitConverter.ToUInt64(bytes, i),
                MemoryValueType.Single => BitConverter.ToSingle(bytes, i),
                MemoryValueType.Double => BitConverter.ToDouble(bytes, i),
                _ => (object)bytes[i],
            };
        }
    }

    /// <summary>The text in some bytes, up to the first NUL.</summary>
    public static string ReadText(byte[] bytes, Encoding encoding)
    {
        string text = encoding.GetString(bytes);
        int end = text.IndexOf('\0');
        return end < 0 ? text : text.Substring(0, end);
    }

    /// <summary>The bytes of values, one after the other.</summary>
    /// <param name="values">Values of the types that <see cref="TypeOf(object)"/> knows.</param>
    /// <param name="encoding">For text.</param>
    public static byte[] Write(IReadOnlyList<object> values, Encoding encoding)
    {
        using MemoryStream stream = new();
        foreach (object value in values)
        {
            byte[] bytes = Write(value, encoding);
            stream.Write(bytes, 0, bytes.Length);
        }

        return stream.ToArray();
    }

    private static byte[] Write(object value, Encoding encoding) => value switch
    {
        byte number => [number],
        sbyte number => [unchecked((byte)number)],
        short number => BitConverter.GetBytes(number),
        ushort number => BitConverter.GetBytes(number),
        int number => BitConverter.GetBytes(number),
        uint number => BitConverter.GetBytes(number),
        long number => BitConverter.GetBytes(number),
        ulong number => BitConverter.GetBytes(number),
        float number => BitConverter.GetBytes(number),
        double number => BitConverter.GetBytes(number),
        string text => encoding.GetBytes(text),
        _ => throw new ArgumentException($"{value.GetType()} is no value that a memory can hold.", nameof(value)),
    };
}
