using System;
using System.Globalization;
using System.IO;

namespace WinMmf.Tests;

/// <summary>The tables of bytes in <c>docs/protocol.md</c> section 16, read from there: document and code cannot drift apart.</summary>
internal static class GoldenBytes
{
    /// <summary>The table behind a sentence.</summary>
    /// <param name="sentence">Where the paragraph before the table begins.</param>
    /// <param name="size">Bytes of the object; what the table does not show is zero.</param>
    public static byte[] Find(string sentence, int size)
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "protocol.md"));
        int at = Array.FindIndex(lines, line => line.StartsWith(sentence, StringComparison.Ordinal));
        if (at < 0)
            throw new InvalidOperationException($"docs/protocol.md has no paragraph that begins with '{sentence}'.");
        at = Array.IndexOf(lines, "```", at);
        byte[] bytes = new byte[size];
        while (lines[++at] != "```")
        {
            string[] fields = lines[at].Split([' '], StringSplitOptions.RemoveEmptyEntries);
            int offset = int.Parse(fields[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            for (int i = 1; i < fields.Length; i++)
                bytes[offset + i - 1] = byte.Parse(fields[i], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return bytes;
    }
}
