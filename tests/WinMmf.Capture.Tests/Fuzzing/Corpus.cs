using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace WinMmf.Capture.Tests.Fuzzing;

/// <summary>
/// The seeds in the folder Corpus, one folder a target. A file .hex has lines of an offset and the bytes from there on, as section 16 of
/// docs/protocol.md, the first line being the size; any other file is its bytes.
/// </summary>
internal static class Corpus
{
    public static List<byte[]> Read(string target)
    {
        List<byte[]> seeds = [];
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzzing", "Corpus", target)))
            seeds.Add(Path.GetExtension(file) == ".hex" ? FromHex(File.ReadAllLines(file)) : File.ReadAllBytes(file));
        return seeds;
    }

    private static byte[] FromHex(string[] lines)
    {
        byte[] bytes = new byte[int.Parse(lines[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
        foreach (string line in lines[1..])
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int i = 1; i < words.Length; i++)
            {
                int at = int.Parse(words[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture) + i - 1;
                bytes[at] = byte.Parse(words[i], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
        }

        return bytes;
    }
}
