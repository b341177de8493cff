using System;
using System.Collections.Generic;

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

    /// <summary>The type of a value; null if a memory cannot hold it.</summary>
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

    /// <summary>What the elements of an array are, if they are numbers that lie in it as they lie in a memory; else null.</summary>
    public static MemoryValueType? TypeOfElements(Array array)
    {
        Type element = array.GetType().GetElementType()!;
        if (array.Rank != 1 || element.IsEnum)
            return null;
        return Type.GetTypeCode(element) switch
        {
            TypeCode.Byte => MemoryValueType.Byte,
            TypeCode.SByte => MemoryValueType.SByte,
            TypeCode.Int16 => MemoryValueType.Int16,
            TypeCode.UInt16 => MemoryValueType.UInt16,
            TypeCode.Int32 => MemoryValueType.Int32,
            TypeCode.UInt32 => MemoryValueType.UInt32,
            TypeCode.Int64 => MemoryValueType.Int64,
            TypeCode.UInt64 => MemoryValueType.UInt64,
            TypeCode.Single => MemoryValueType.Single,
            TypeCode.Double => MemoryValueType.Double,
            _ => null,
        };
    }

    /// <summary>The bytes of such an array.</summary>
    public static byte[] CopyBytes(Array array, MemoryValueType type)
    {
        byte[] bytes = new byte[checked(array.Length * SizeOf(type))];
        Buffer.BlockCopy(array, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    /// <summary>The bytes of a number of a type that <see cref="TypeOf(object)"/> knows.</summary>
    public static byte[] Write(object value) => value switch
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
        _ => throw new ArgumentException($"{value.GetType()} is no number that a memory can hold.", nameof(value)),
    };
}
