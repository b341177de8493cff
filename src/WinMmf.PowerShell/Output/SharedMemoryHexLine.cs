using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace WinMmf.PowerShell.Output;

/// <summary>Up to 16 bytes of a memory, for display.</summary>
public sealed class SharedMemoryHexLine
{
    internal const int Most = 16;

    private SharedMemoryHexLine(string name, long offset, byte[] bytes)
    {
        Name = name;
        Offset = offset;
        Bytes = bytes;
        StringBuilder hex = new(Most * 3);
        StringBuilder text = new(Most);
        foreach (byte value in bytes)
        {
            hex.Append(hex.Length > 0 ? " " : "").Append(value.ToString("X2", CultureInfo.InvariantCulture));
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
        }

        Hex = hex.ToString();
        Text = text.ToString();
    }

    /// <summary>The memory's name.</summary>
    public string Name { get; }

    /// <summary>Where in the data the line begins.</summary>
    public long Offset { get; }

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>The bytes as hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>The bytes as ASCII; a dot for what cannot be shown.</summary>
    public string Text { get; }

    /// <summary>Text for display.</summary>
    public override string ToString() => $"{Offset:X8}  {Hex,-47}  {Text}";

    internal static IEnumerable<SharedMemoryHexLine> Of(string name, long offset, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i += Most)
        {
            byte[] line = new byte[Math.Min(Most, bytes.Length - i)];
            Buffer.BlockCopy(bytes, i, line, 0, line.Length);
            yield return new SharedMemoryHexLine(name, offset + i, line);
        }
    }
}
