namespace WinMmf.PowerShell.Values;

/// <summary>The encoding of text in a memory.</summary>
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
