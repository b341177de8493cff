using System.Text;

namespace WinMmf.PowerShell.Values;

/// <summary>Encodings without a mark at the beginning, which would be data.</summary>
internal static class TextEncodings
{
    public static Encoding Get(TextEncoding encoding) => encoding switch
    {
        TextEncoding.ASCII => Encoding.ASCII,
        TextEncoding.Latin1 => Encoding.GetEncoding("iso-8859-1"),
        TextEncoding.Unicode => Encoding.Unicode,
        TextEncoding.BigEndianUnicode => Encoding.BigEndianUnicode,
        TextEncoding.UTF32 => Encoding.UTF32,
        _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };
}
