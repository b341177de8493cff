using System;
using System.Buffers.Binary;

namespace WinMmf.Capture;

/// <summary>Proves that a synthetic payload is whole (protocol 14). Allocates nothing.</summary>
public static class SyntheticVerifier
{
    /// <summary>Checks a payload.</summary>
    /// <param name="payload">The whole payload.</param>
    /// <param name="frameNumber">The number in it, as counted by the source; it means something only if the payload is whole.</param>
    /// <returns>True if every byte is as the source made it. A payload of another source is never whole.</returns>
    public static bool Verify(ReadOnlySpan<byte> payload, out long frameNumber)
    {
        frameNumber = 0;
        if (payload.Length < SyntheticChecksum.LeastPayload)
            return false;
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(payload);
        frameNumber = unchecked((long)number);
        return BinaryPrimitives.ReadUInt64LittleEndian(payload[SyntheticChecksum.ChecksumOffset..]) == SyntheticChecksum.Compute(
            payload, number);
    }
}
