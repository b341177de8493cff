using System;
using System.Text;
using WinMmf.Text;

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
    /// Reads text from a private copy. What a hostile writer could use to control a terminal becomes '?'.
    /// </summary>
    public static string Read(byte* source, int length)
    {
        int count = 0;
        while (count < length && source[count] != 0)
            count++;
        return ForeignText.Clean(Encoding.UTF8.GetString(source, count));
    }
}
