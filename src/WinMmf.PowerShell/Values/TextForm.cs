namespace WinMmf.PowerShell.Values;

/// <summary>How the end of text is known in a memory. A NUL is as wide as a character of the encoding.</summary>
public enum TextForm
{
    /// <summary>A NUL follows the text, unless it ends where the data ends.</summary>
    Terminated,

    /// <summary>Its length in bytes (UInt32) lies before it. Such text may have NULs in it.</summary>
    Prefixed,

    /// <summary>NULs fill a range of fixed length behind it.</summary>
    Padded,

    /// <summary>Nothing but the text: what lay behind it stays there.</summary>
    Bare,
}
