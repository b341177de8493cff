using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WinMmf.Capture;

/// <summary>The checksum of synthetic payloads (protocol 14).</summary>
internal static class SyntheticChecksum
{
    public const int NumberOffset = 0;
    public const int ChecksumOffset = 8;
    public const int PictureOffset = 16;
    public const int LeastPayload = 24;
    private const ulong Basis = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>Computes it over a whole payload, of which the first 16 bytes do not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Compute(ReadOnlySpan<byte> payload, ulong frameNumber)
    {
        ReadOnlySpan<byte> picture = payload[PictureOffset..];
        ulong h = Basis ^ frameNumber;

        // Each multiplication depends on the one before, so vector instructions would not help.
        foreach (ulong group in MemoryMarshal.Cast<byte, ulong>(picture))
            h = (h ^ (BitConverter.IsLittleEndian ? group : BinaryPrimitives.ReverseEndianness(group))) * Prime;

        int rest = picture.Length % sizeof(ulong);
        if (rest == 0)
            return h;
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        last.Clear();
        picture[^rest..].CopyTo(last);
        return (h ^ BinaryPrimitives.ReadUInt64LittleEndian(last)) * Prime;
    }
}
