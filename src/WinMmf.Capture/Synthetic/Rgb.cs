using System;

namespace WinMmf.Capture;

/// <summary>A colour and what it is in YUV (BT.601, limited range).</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    public byte Y => (byte)(((66 * R) + (129 * G) + (25 * B) + 4224) >> 8);

    public byte U => (byte)(((-38 * R) - (74 * G) + (112 * B) + 32_896) >> 8);

    public byte V => (byte)(((112 * R) - (94 * G) - (18 * B) + 32_896) >> 8);

    /// <summary>Grey from 0 to 255.</summary>
    public byte FullLuma => (byte)((77 * R + 150 * G + 29 * B) >> 8);

    public static Rgb Gray(int value) => new((byte)value, (byte)value, (byte)value);
}
