using System;
using System.Collections.Generic;
using WinMmf.Management.Control;

namespace WinMmf.Management.Launching;

/// <summary>What a program that was started says on its way to readiness, in the message that says that it is ready.</summary>
internal static class LaunchWarnings
{
    private const string Field = "warning";
    private const int Most = 16;
    private const int MostLetters = 1000;

    /// <summary>Puts warnings into a message: the first ones, each cut to a length that the message has room for.</summary>
    public static void Add(ControlMessage message, IReadOnlyList<string> warnings)
    {
        for (int i = 0; i < Math.Min(Most, warnings.Count); i++)
        {
            string text = warnings[i];
            message[FormattableString.Invariant($"{Field}.{i + 1}")] = text.Length > MostLetters ? text.Substring(0, MostLetters) + "..."
                : text;
        }
    }

    /// <summary>The warnings in a message.</summary>
    public static IReadOnlyList<string> Read(ControlMessage message)
    {
        List<string> warnings = [];
        while (warnings.Count < Most
            && message.Fields.TryGetValue(FormattableString.Invariant($"{Field}.{warnings.Count + 1}"), out string? text))
            warnings.Add(text);
        return warnings;
    }
}
