namespace WinMmf.Management.Json;

/// <summary>A place in a text, as editors count: from 1.</summary>
internal readonly struct JsonPlace
{
    /// <summary>Makes one.</summary>
    public JsonPlace(int line, int column)
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line.</summary>
    public int Line { get; }

    /// <summary>The column, in UTF-16 code units.</summary>
    public int Column { get; }
}
