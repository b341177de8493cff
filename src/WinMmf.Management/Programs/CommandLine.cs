using System;
using System.Collections.Generic;
using System.Text;
using WinMmf.Errors;

namespace WinMmf.Management.Programs;

/// <summary>
/// Joins arguments to one command line by the rule of CommandLineToArgvW. .NET takes a command line apart by the
/// same rule on Linux, so one class serves both; <c>ProcessStartInfo.ArgumentList</c> does not exist on .NET Framework.
/// </summary>
internal static class CommandLine
{
    /// <summary>Joins arguments so that the program gets each of them exactly as it is here.</summary>
    /// <param name="arguments">The arguments, without the program's own name.</param>
    /// <exception cref="WinMmfException">InvalidArgument: no command line can carry a NUL character.</exception>
    public static string Join(IEnumerable<string> arguments)
    {
        StringBuilder line = new();
        foreach (string argument in arguments)
        {
            if (line.Length > 0)
                line.Append(' ');
            Append(line, argument);
        }

        return line.ToString();
    }

    private static void Append(StringBuilder line, string argument)
    {
        if (argument.IndexOf('\0') >= 0)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"'{argument.Replace('\0', '?')}' contains a NUL character, which no command line can carry.");
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '\n', '\v', '\r', '"']) < 0)
        {
            line.Append(argument);
            return;
        }

        line.Append('"');
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '\\')
            {
                backslashes++;
                continue;
            }

            // Backslashes count only in front of a quotation mark: there each stands doubled, and one more hides the mark.
            line.Append('\\', c == '"' ? (backslashes * 2) + 1 : backslashes).Append(c);
            backslashes = 0;
        }

        // The closing mark is one, too.
        line.Append('\\', backslashes * 2).Append('"');
    }
}
