using System;

namespace WinMmf.Management.Imaging;

/// <summary>What a terminal can show.</summary>
internal enum TerminalColors
{
    /// <summary>Characters only: dark and bright ones stand for dark and bright pixels.</summary>
    None,

    /// <summary>The 256 colours of xterm.</summary>
    Palette,

    /// <summary>24 bits a colour.</summary>
    True,
}

/// <summary>Tells from the environment what a terminal can show; none can be asked in a way that all of them answer.</summary>
internal static class TerminalColorsFinder
{
    /// <summary>What the terminal says that it can.</summary>
    /// <param name="read">Reads an environment variable.</param>
    public static TerminalColors Find(Func<string, string?> read)
    {
        if (!string.IsNullOrEmpty(read("NO_COLOR")))
            return TerminalColors.None;
        string term = read("TERM") ?? "";
        if (term == "dumb")
            return TerminalColors.None;

        // Windows sets no TERM, and its console has 24 bits since version 1703.
        if (read("COLORTERM") is "truecolor" or "24bit" || term.Contains("direct") || term.Length == 0)
            return TerminalColors.True;
        return TerminalColors.Palette;
    }
}
