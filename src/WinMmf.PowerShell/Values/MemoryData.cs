using System;
using System.Globalization;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Memory;
using WinMmf.PowerShell.Advice;

namespace WinMmf.PowerShell.Values;

/// <summary>Ranges of a memory's data. Takes no lock.</summary>
internal static class MemoryData
{
    // What .NET allows a byte[] on every system.
    private const long MostAtOnce = 0x7FFF_FFC7;

    /// <summary>
    /// How many values are meant: of numbers one unless more are asked for, since each is an object of its own down the pipeline.
    /// </summary>
    /// <param name="type">What the bytes mean.</param>
    /// <param name="asked">How many were asked for; null: nothing was said.</param>
    /// <param name="all">Everything was asked for.</param>
    /// <returns>The number; null: to the end.</returns>
    /// <exception cref="WinMmfException">InvalidArgument for a number and everything at once.</exception>
    public static long? Count(MemoryValueType type, long? asked, bool all)
    {
        if (all && asked is not null)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "-Count says how many values to read and -All means as many as there are; one of them can be given.");
        return asked ?? (all || type is MemoryValueType.Byte or MemoryValueType.Text ? null : 1);
    }

    /// <summary>How many bytes a range has.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="offset">Where the range begins, bytes.</param>
    /// <param name="count">How many values; null: to the end.</param>
    /// <param name="size">Bytes of one value.</param>
    /// <exception cref="WinMmfException">
    /// OutOfBounds, with the size of the memory; InvalidArgument if it is more than can be read at once.
    /// </exception>
    public static int Length(NamedMemory memory, long offset, long? count, int size)
    {
        if (offset < 0 || offset > memory.DataSize)
            throw OutOfBounds(memory, $"Offset {offset.ToString(CultureInfo.InvariantCulture)} does not lie");
        long left = memory.DataSize - offset;
        if (count > left / size)
            throw OutOfBounds(memory,
                string.Format(CultureInfo.InvariantCulture, "{0} {1} from offset {2} on do not lie", count,
                size == 1 ? "bytes" : $"values of {size} bytes", offset));
        long length = count * size ?? left;
        ThrowIfTooMuch(length);
        return (int)length;
    }

    /// <summary>Checks that so many bytes can be handled at once.</summary>
    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static void ThrowIfTooMuch(long length)
    {
        if (length > MostAtOnce)
        {
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                    $"{length} bytes are more than can be handled at once. Give -Count (reading) or -Length (text), at most "
                        + $"{MostAtOnce} bytes, "
                    + "and do the rest with -Offset.");
        }
    }

    /// <summary>Copies a range out.</summary>
    /// <exception cref="WinMmfException">OutOfBounds, InvalidArgument, Truncated.</exception>
    public static byte[] Read(NamedMemory memory, long offset, long? count, int size)
    {
        byte[] bytes = new byte[Length(memory, offset, count, size)];
        Marshal.Copy(At(memory, offset), bytes, 0, bytes.Length);
        return bytes;
    }

    /// <summary>Checks that bytes fit and may be written.</summary>
    /// <exception cref="WinMmfException">OutOfBounds, MemoryReadOnly.</exception>
    public static void Check(NamedMemory memory, long offset, byte[] bytes)
    {
        if (!memory.IsWritable)
            throw new WinMmfException(
                WinMmfErrorId.MemoryReadOnly, $"{memory.Name} was opened for reading only.", NameFacts.Of(memory.Name));
        _ = Length(memory, offset, bytes.Length, 1);
    }

    /// <summary>Copies bytes in.</summary>
    /// <exception cref="WinMmfException">OutOfBounds, MemoryReadOnly, Truncated.</exception>
    public static void Write(NamedMemory memory, long offset, byte[] bytes)
    {
        Check(memory, offset, bytes);
        Marshal.Copy(bytes, 0, At(memory, offset), bytes.Length);
    }

    private static IntPtr At(NamedMemory memory, long offset) => new(memory.Data.ToInt64() + offset);

    private static WinMmfException OutOfBounds(NamedMemory memory, string what) => new(
        WinMmfErrorId.OutOfBounds,
        $"{what} within {memory.Name}, whose data has {memory.DataSize.ToString(CultureInfo.InvariantCulture)} bytes.",
        NameFacts.Of(memory.Name) with { Available = memory.DataSize });
}
