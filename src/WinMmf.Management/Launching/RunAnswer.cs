using System.Collections.Generic;
using System.Globalization;
using WinMmf.Management.Control;
using WinMmf.Names;

namespace WinMmf.Management.Launching;

/// <summary>How the publishers of a configuration file are, in the message that says that they were started.</summary>
internal static class RunAnswer
{
    private const int Most = 200;
    private const int MostLetters = 200;

    /// <summary>Adds a publisher, as long as the message has room.</summary>
    /// <param name="message">The message.</param>
    /// <param name="name">The publisher's name.</param>
    /// <param name="isLive">True if it publishes.</param>
    /// <param name="problem">Why it does not; empty if that is not known.</param>
    public static void Add(ControlMessage message, SharedName name, bool isLive, string problem)
    {
        int number = 1;
        while (message.Fields.ContainsKey(Key("name", number)))
            number++;
        if (number > Most)
            return;
        message[Key("name", number)] = name.Name;
        message[Key("scope", number)] = name.Scope.ToString();
        message[Key("live", number)] = isLive ? RequestOptionText.On : RequestOptionText.Off;
        message[Key("problem", number)] = problem.Length > MostLetters ? problem.Substring(0, MostLetters) + "..." : problem;
    }

    /// <summary>The publishers in a message.</summary>
    public static IEnumerable<(SharedName Name, bool IsLive, string Problem)> Read(ControlMessage message)
    {
        for (int number = 1; message[Key("name", number)] is { Length: > 0 } name; number++)
        {
            NameScope scope = message[Key("scope", number)] == nameof(NameScope.Global) ? NameScope.Global : NameScope.Local;
            bool isLive = message[Key("live", number)] == RequestOptionText.On;
            yield return (new SharedName(name, scope), isLive, message[Key("problem", number)]);
        }
    }

    private static string Key(string name, int number) => $"{name}.{number.ToString(CultureInfo.InvariantCulture)}";
}
