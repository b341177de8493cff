namespace WinMmf.Management.Launching;

/// <summary>Types of values.</summary>
internal enum RequestValueType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of several words.</summary>
    Choice,

    /// <summary>Yes or no.</summary>
    Bool,

    /// <summary>A name and a text.</summary>
    Pair,
}
