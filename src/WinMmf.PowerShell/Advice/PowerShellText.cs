using System.Globalization;
using System.Text;

namespace WinMmf.PowerShell.Advice;

/// <summary>
/// The one place that writes a value into a command for a person to run. Whatever the value contains, the command has this value as
/// one argument and nothing else, and shows no character that is invisible or turns the line around.
/// </summary>
internal static class PowerShellText
{
    /// <summary>A value as an argument.</summary>
    public static string Quote(string value)
    {
        StringBuilder text = new("'", value.Length + 2);
        bool isJoined = false;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            int length = char.IsSurrogatePair(value, i) ? 2 : 1;
            if (IsHidden(value, i))
            {
                isJoined = true;
                for (int unit = i; unit < i + length; unit++)
                    text.Append("' + [char] 0x").Append(((int)value[unit]).ToString("X4", CultureInfo.InvariantCulture)).Append(" + '");
            }
            else
            {
                // The language takes any of these for a single quotation mark, and two of them for the mark itself.
                if (IsQuotationMark(c))
                    text.Append(c);
                text.Append(value, i, length);
            }

            i += length - 1;
        }

        text.Append('\'');
        return isJoined ? $"({text})" : text.ToString();
    }

    /// <summary>A value as an argument that is read as it is being typed: without quotation marks where it needs none.</summary>
    public static string QuoteIfNeeded(string value)
    {
        foreach (char c in value)
        {
            if (c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '-' or '_'))
                return Quote(value);
        }

        // A word that begins with a dash is a parameter, one that begins with a digit may be a number (1e3, 0x10, 1kb).
        return value.Length == 0 || value[0] is '-' or '.' or (>= '0' and <= '9') ? Quote(value) : value;
    }

    /// <summary>A name as an argument of a parameter that takes wildcards: it means this name and no other.</summary>
    public static string QuotePattern(string name) => Quote(EscapePattern(name));

    /// <summary>A name as a pattern that matches it only.</summary>
    public static string EscapePattern(string name)
    {
        StringBuilder text = new(name.Length);
        foreach (char c in name)
        {
            if (c is '*' or '?' or '[' or ']' or '`')
                text.Append('`');
            text.Append(c);
        }

        return text.ToString();
    }

    private static bool IsQuotationMark(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';

    private static bool IsHidden(string value, int index) => CharUnicodeInfo.GetUnicodeCategory(value, index) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
