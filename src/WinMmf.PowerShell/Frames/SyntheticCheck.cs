using System;

namespace WinMmf.PowerShell.Frames;

/// <summary>Proves that a frame of the test picture is whole (protocol 14).</summary>
internal static class SyntheticCheck
{
    private const int NumberOffset = 0;
    private const int ChecksumOffset = 8;
    private const int PictureOffset = 16;
    private const int LeastPayload = 24;
    private const int Group = sizeof(ulong);
    private const ulong Basis = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>True if every byte is as the source made it. A payload of another source is never whole.</summary>
    public static bool IsWhole(byte[] payload, int length)
    {
        if (length < LeastPayload || length > payload.Length)
            return false;
        ulong hash = Basis ^ BitConverter.ToUInt64(payload, NumberOffset);
        int offset = PictureOffset;
        for (; offset <= length - Group; offset += Group)
            hash = unchecked((hash ^ BitConverter.ToUInt64(payload, offset)) * Prime);
        if (offset < length)
        {
            byte[] rest = new byte[Group];
            Buffer.BlockCopy(payload, offset, rest, 0, length - offset);
            hash = unchecked((hash ^ BitConverter.ToUInt64(rest, 0)) * Prime);
        }

        return hash == BitConverter.ToUInt64(payload, ChecksumOffset);
    }
}
