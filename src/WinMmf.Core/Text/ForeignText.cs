namespace WinMmf.Text;

/// <summary>
/// Text that another account or program wrote, on its way to a terminal or a log. What controls the terminal, begins a line or turns the
/// direction of what follows could make a line say something else than it is.
/// </summary>
internal static class ForeignText
{
    private const char Replacement = '?';
    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';
    private const char FirstEmbedding = '\u202A';
    private const char LastOverride = '\u202E';
    private const char FirstIsolate = '\u2066';
    private const char LastIsolate = '\u2069';

    /// <summary>True for control characters (Cc), separators of lines, and what embeds, overrides or isolates a direction.</summary>
    public static bool IsUnfit(char c) =>
        char.IsControl(c) || c is LineSeparator or ParagraphSeparator or (>= FirstEmbedding and <= LastOverride)
            or (>= FirstIsolate and <= LastIsolate);

    /// <summary>True if a text has such a character.</summary>
    public static bool HasUnfit(string text)
    {
        foreach (char c in text)
        {
            if (IsUnfit(c))
                return true;
        }

        return false;
    }

    /// <summary>The text with '?' in place of such characters; the text itself if there are none.</summary>
    public static string Clean(string text)
    {
        if (!HasUnfit(text))
            return text;
        char[] characters = text.ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (IsUnfit(characters[i]))
                characters[i] = Replacement;
        }

        return new string(characters);
    }
}
