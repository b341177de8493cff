using System.Text;

namespace WinMmf.PowerShell;

/// <summary>How text lies in a memory.</summary>
public enum TextEncoding
{
    /// <summary>UTF-8.</summary>
    UTF8,

    /// <summary>7-bit ASCII; anything else is a question mark.</summary>
    ASCII,

    /// <summary>ISO 8859-1.</summary>
    Latin1,

    /// <summary>UTF-16, little-endian: the wide characters of Windows programs.</summary>
    Unicode,

    /// <summary>UTF-16, big-endian.</summary>
    BigEndianUnicode,

    /// <summary>UTF-32, little-endian: the wide characters of Linux programs.</summary>
    UTF32,
}

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
