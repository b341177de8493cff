using System;
using System.Text;

namespace WinMmf.Layouts;

/// <summary>Text of fixed length in shared memory: UTF-8, padded with NUL, cut at a whole character.</summary>
internal static unsafe class SharedText
{
    /// <summary>Writes as much of the text as fits and pads the rest.</summary>
    public static void Write(byte* destination, int length, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int count = Math.Min(bytes.Length, length);

        // 10xxxxxx continues a character: step back to its first byte.
        while (count > 0 && count < bytes.Length && (bytes[count] & 0xC0) == 0x80)
            count--;
        for (int i = 0; i < length; i++)
            destination[i] = i < count ? bytes[i] : (byte)0;
    }

    /// <summary>
    /// Reads text from a private copy. Control characters from a hostile writer become '?', so that they reach no terminal.
    /// </summary>
    public static string Read(byte* source, int length)
    {
        int count = 0;
        while (count < length && source[count] != 0)
            count++;
        char[] characters = Encoding.UTF8.GetString(source, count).ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (char.IsControl(characters[i]))
                characters[i] = '?';
        }

        return new string(characters);
    }
}
