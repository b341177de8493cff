using System;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Output;

/// <summary>The one place that writes a value into a command line for a person to run.</summary>
internal static class ShellText
{
    /// <summary>A value as an argument in the shell of this system.</summary>
    /// <param name="value">The value.</param>
    /// <param name="placeholder">What stands there instead where no quotation marks are safe in every shell of this system.</param>
    public static string Quote(string value, string placeholder) =>
        PublisherPlatform.Current.HasPosixShell ? QuoteForPosix(value) : QuoteForWindows(value, placeholder);

    /// <summary>
    /// A value as an argument in a POSIX shell: between single quotation marks every character stands for itself but that mark.
    /// </summary>
    internal static string QuoteForPosix(string value)
    {
        if (IsPlain(value))
            return value;

        if (value.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 && !value.Contains('\u007F'))
            return $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

        // A line break would look like the end of the command, so printf writes it; but a shell drops line breaks at the end.
        string text = value.TrimEnd('\n');
        string end = value[text.Length..];
        return (text.Length > 0 ? $"\"$(printf '{Escape(text)}')\"" : "") + (end.Length > 0 ? $"'{end}'" : "");
    }

    /// <summary>cmd and PowerShell have no common way to quote, so only what needs none is written out.</summary>
    internal static string QuoteForWindows(string value, string placeholder) => IsPlain(value) ? value : placeholder;

    private static bool IsPlain(string value)
    {
        foreach (char c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
                return false;
        }

        return value.Length > 0 && value[0] != '-';
    }

    /// <summary>
    /// For printf's format within single quotation marks: octal for what is not visible, and for what either would take for its own.
    /// </summary>
    private static string Escape(string value)
    {
        System.Text.StringBuilder text = new();
        foreach (char c in value)
        {
            bool isOption = c == '-' && text.Length == 0;
            if (isOption || c is < ' ' or '\u007F' or '\\' or '%' or '\'')
                text.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            else
                text.Append(c);
        }

        return text.ToString();
    }
}
