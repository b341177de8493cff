using System;
using System.Globalization;
using WinMmf.Errors;

namespace WinMmf.Management.Control;

/// <summary>
/// Carries a failure from one process to another: its id, its message and what it is about. The process that receives it makes the
/// advice, because that is where the person sits.
/// </summary>
internal static class FailureMessage
{
    private const string Head = "FAILED ";

    /// <summary>The message that tells a failure.</summary>
    /// <param name="error">The failure.</param>
    public static ControlMessage From(WinMmfException error)
    {
        if (error is null)
            throw new ArgumentNullException(nameof(error));
        ControlMessage message = new(Head + error.ErrorId) { ["message"] = error.Message };
        ErrorFacts facts = error.Facts;
        Add(message, "code", error.NativeErrorCode == 0 ? null : Text(error.NativeErrorCode));
        Add(message, "about-name", facts.Name);
        Add(message, "about-scope", facts.Scope);
        Add(message, "about-kind", facts.Kind);
        Add(message, "about-operation", facts.Operation?.ToString());
        Add(message, "about-process", Text(facts.ProcessId));
        Add(message, "about-program", facts.Program);
        Add(message, "about-path", facts.Path);
        Add(message, "about-account", facts.Account);
        Add(message, "about-owner", facts.Owner);
        Add(message, "about-right", facts.Right);
        Add(message, "about-state", facts.State);
        Add(message, "about-needed", Text(facts.Needed));
        Add(message, "about-available", Text(facts.Available));
        Add(message, "about-limit", Text(facts.Limit));
        Add(message, "about-waited", facts.Waited?.ToString("c", CultureInfo.InvariantCulture));
        Add(message, "is-advised", facts.IsMessageAdvised ? bool.TrueString : null);
        return message;
    }

    /// <summary>The failure that a message tells; null if it tells none that this release knows.</summary>
    /// <param name="message">The message.</param>
    /// <param name="hide">Takes secrets out of a text.</param>
    public static WinMmfException? TryRead(ControlMessage message, Func<string, string> hide)
    {
        if (message is null)
            throw new ArgumentNullException(nameof(message));
        if (hide is null)
            throw new ArgumentNullException(nameof(hide));
        if (!message.Head.StartsWith(Head, StringComparison.Ordinal)
            || Parse<WinMmfErrorId>(message.Head.Substring(Head.Length)) is not WinMmfErrorId id || message["message"].Length == 0)
            return null;
        ErrorFacts facts = new()
        {
            Name = Find(message, "about-name"),
            Scope = Find(message, "about-scope"),
            Kind = Find(message, "about-kind"),
            Operation = Parse<ErrorOperation>(message["about-operation"]),
            ProcessId = (int?)Number(message["about-process"], int.MaxValue),
            Program = Hide(Find(message, "about-program")),
            Path = Hide(Find(message, "about-path")),
            Account = Find(message, "about-account"),
            Owner = Find(message, "about-owner"),
            Right = Find(message, "about-right"),
            State = Find(message, "about-state"),
            Needed = Number(message["about-needed"], long.MaxValue),
            Available = Number(message["about-available"], long.MaxValue),
            Limit = Number(message["about-limit"], long.MaxValue),
            Waited = TimeSpan.TryParseExact(message["about-waited"], "c", CultureInfo.InvariantCulture, out TimeSpan waited)
                ? waited
                : null,
            IsMessageAdvised = message["is-advised"] == bool.TrueString,
        };
        return new WinMmfException(id, hide(message["message"]), facts, (int)(Number(message["code"], int.MaxValue) ?? 0));

        string? Hide(string? text) => text is null ? null : hide(text);
    }

    private static void Add(ControlMessage message, string key, string? value)
    {
        if (value is { Length: > 0 })
            message[key] = value;
    }

    private static string? Text(IFormattable? value) => value?.ToString("D", CultureInfo.InvariantCulture);

    private static string? Find(ControlMessage message, string key) => message[key] is { Length: > 0 } value ? value : null;

    private static long? Number(string text, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= most ? value : null;

    /// <summary>By name only: a number would pass as any value.</summary>
    private static T? Parse<T>(string text)
        where T : struct, Enum => Array.IndexOf(Enum.GetNames(typeof(T)), text) >= 0 ? (T)Enum.Parse(typeof(T), text) : null;
}
