using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using WinMmf.Management.Launching;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Publisher.CommandLine;

/// <summary>Options that several verbs have.</summary>
internal static class CommonOptions
{
    public const string JsonName = "--json";

    /// <summary>Print JSON.</summary>
    public static Option<bool> Json() => new(JsonName) { Description = "Print JSON, one object a line, for programs." };

    /// <summary>Local or global.</summary>
    public static Option<NameScope?> Scope(string description) => new("--scope")
    {
        Description = description,
        HelpName = "local|global",
        CustomParser = static result => ParseChoice<NameScope>(result),
    };

    /// <summary>The request of the program that started this one comes on standard input.</summary>
    public static Option<bool> FromInput() => new(LaunchRequest.FromInputArgument)
    {
        Description = "Read all other options as one message from standard input, and go on as with --detached. For programs that start "
            + "publishers: nothing of it shows in the list of processes.",
    };

    /// <summary>A time in seconds, 0 or more, however long: the methods Time make a time of it.</summary>
    public static Option<double?> Seconds(string name, string description) => Number(name, "SECONDS", description, "a time in seconds");

    /// <summary>A number, 0 or more.</summary>
    public static Option<double?> Number(string name, string helpName, string description, string what = "a number")
    {
        Option<double?> option = new(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            // An error of the parser itself is reported alone.
            if (TryGet(result, out double? value) && value is not >= 0)
                result.AddError($"{result.Option.Name} is {what}, 0 or more.");
        });
        return option;
    }

    /// <summary>A count, 1 or more.</summary>
    public static Option<long?> Count(string name, string description)
    {
        Option<long?> option = new(name) { Description = description, HelpName = "N" };
        option.Validators.Add(static result =>
        {
            if (TryGet(result, out long? value) && value is not > 0)
                result.AddError($"{result.Option.Name} is a number from 1 on.");
        });
        return option;
    }

    /// <summary>Hidden: started by another WinMmf.Publisher.</summary>
    public static Option<bool> ParentIsLinked() => new(ParentLink.Argument)
    {
        Description = "Wait for a byte on standard input before the first frame, and end when it ends.",
        Hidden = true,
    };

    /// <summary>One of an enumeration's names, in any case.</summary>
    public static T? ParseChoice<T>(ArgumentResult result)
        where T : struct, Enum
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        foreach (T value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        result.AddError($"'{text}' is not known here. Choose one of: {string.Join(", ", Enum.GetNames<T>())}.");
        return null;
    }

    /// <summary>Seconds as a time; too many become the longest time.</summary>
    public static TimeSpan Time(double seconds) => WinMmf.Time.Seconds.ToTimeSpan(seconds);

    /// <summary>Seconds as a time, where they were given.</summary>
    public static TimeSpan? Time(double? seconds) => seconds is double s ? Time(s) : null;

    private static bool TryGet<T>(OptionResult result, out T? value)
    {
        value = default;
        if (result.Tokens.Count == 0)
            return false;
        try
        {
            value = result.GetValueOrDefault<T>();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
