using System;
using System.Collections.Generic;
using System.Globalization;

namespace WinMmf.Wine.Runner;

/// <summary>What the command line asks for.</summary>
internal sealed class RunOptions
{
    private const int DefaultTimeoutSeconds = 900;

    /// <summary>Simple names of the test assemblies.</summary>
    public List<string> Assemblies { get; } = new();

    /// <summary>Values of the trait Category whose tests are left out.</summary>
    public HashSet<string> ExcludedCategories { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Only tests whose display name contains this are run.</summary>
    public string Filter { get; private set; } = string.Empty;

    /// <summary>How long the whole run may take.</summary>
    public TimeSpan Timeout { get; private set; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>File for the list of the tests that ran: result, a tab, and the test's name, one a line; empty for none.</summary>
    public string Record { get; private set; } = string.Empty;

    /// <summary>Prints each test as it begins.</summary>
    public bool Verbose { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is unknown or lacks its value.</exception>
    public static RunOptions Parse(string[] arguments)
    {
        RunOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--filter":
                    options.Filter = Value(argument, rest);
                    break;
                case "--exclude":
                    options.ExcludedCategories.Add(Value(argument, rest));
                    break;
                case "--record":
                    options.Record = Value(argument, rest);
                    break;
                case "--timeout":
                    options.Timeout = TimeSpan.FromSeconds(int.Parse(Value(argument, rest), CultureInfo.InvariantCulture));
                    break;
                case "--verbose":
                    options.Verbose = true;
                    break;
                default:
                    if (argument.StartsWith('-'))
                        throw new FormatException($"Option '{argument}' does not exist.");
                    options.Assemblies.Add(argument);
                    break;
            }
        }

        return options;
    }

    private static string Value(string option, Queue<string> rest) =>
        rest.TryDequeue(out string? value) ? value : throw new FormatException($"Option '{option}' needs a value.");
}
