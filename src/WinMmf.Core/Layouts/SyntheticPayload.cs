using System;
using System.Runtime.CompilerServices;

namespace WinMmf.Layouts;

/// <summary>
/// What a frame of the test picture carries besides pixels: its number and a checksum, by which a reader proves that it is whole
/// (<c>docs/protocol.md</c>, the test picture). Allocates nothing.
/// </summary>
internal static unsafe class SyntheticPayload
{
    public const int NumberOffset = 0;
    public const int ChecksumOffset = 8;
    public const int PictureOffset = 16;

    /// <summary>Bytes of the smallest one.</summary>
    public const int LeastSize = 24;

    private const ulong Basis = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    // AggressiveOptimization, which .NET Standard does not name: a long loop that runs from the first frame on.
    private const MethodImplOptions Optimized = (MethodImplOptions)512;

    /// <summary>The checksum of a payload, of which the first 16 bytes do not count.</summary>
    [MethodImpl(Optimized)]
    public static ulong Checksum(byte* payload, int length, ulong number)
    {
        ulong hash = Basis ^ number;
        byte* at = payload + PictureOffset;
        byte* end = payload + length;

        // Each multiplication depends on the one before, so vector instructions would not help.
        for (; at <= end - sizeof(ulong); at += sizeof(ulong))
            hash = unchecked((hash ^ *(ulong*)at) * Prime);
        if (at == end)
            return hash;
        ulong last = 0;
        for (int i = 0; at + i < end; i++)
            last |= (ulong)at[i] << (8 * i);
        return unchecked((hash ^ last) * Prime);
    }

    /// <summary>True if every byte is as the source made it. A payload of another source is never whole.</summary>
    /// <param name="payload">The whole payload.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="number">The number in it, as its source counts; it means something only if the payload is whole.</param>
    public static bool IsWhole(byte* payload, int length, out long number)
    {
        number = 0;
        if (length < LeastSize)
            return false;
        ulong found = *(ulong*)(payload + NumberOffset);
        number = unchecked((long)found);
        return *(ulong*)(payload + ChecksumOffset) == Checksum(payload, length, found);
    }

    /// <summary>The same for the beginning of an array.</summary>
    /// <param name="payload">Holds the payload.</param>
    /// <param name="length">Bytes of the payload.</param>
    public static bool IsWhole(byte[] payload, int length)
    {
        if (length < LeastSize || length > payload.Length)
            return false;
        fixed (byte* bytes = payload)
            return IsWhole(bytes, length, out _);
    }

#if NET8_0_OR_GREATER
    /// <summary>The same for a span.</summary>
    /// <param name="payload">The whole payload.</param>
    /// <param name="number">The number in it.</param>
    public static bool IsWhole(ReadOnlySpan<byte> payload, out long number)
    {
        fixed (byte* bytes = payload)
            return IsWhole(bytes, payload.Length, out number);
    }
#endif
}
