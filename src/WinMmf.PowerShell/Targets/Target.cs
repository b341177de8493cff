using System;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// What a -Name and a -Scope mean: the one rule for names, scopes and wildcards. A name may have its scope in front, as messages and
/// objects show it (Local\Door). A backtick before a wildcard character, or before a backtick, takes its meaning away.
/// </summary>
internal sealed class Target
{
    private readonly WildcardPattern? _pattern;

    /// <param name="text">A name, or a pattern of names.</param>
    /// <param name="scope">Where to look; null: in both.</param>
    /// <exception cref="WinMmfException">InvalidArgument: the name says another scope, or that of another user or session.</exception>
    public Target(string text, NameScope? scope)
        : this(text, scope, isLiteral: false)
    {
    }

    private Target(string text, NameScope? scope, bool isLiteral)
    {
        string name = text;
        Scope = scope;
        ElsewhereScope.ThrowIfOne(text.Substring(0, Math.Max(0, text.IndexOf('\\'))));
        if (TryTakeScope(ref name) is NameScope named)
        {
            if (scope is not null && scope != named)
                throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"The name '{text}' says {named}, and -Scope says {scope}.");
            Scope = named;
        }

        _pattern = isLiteral ? null : TryMakePattern(name);
        Name = isLiteral || IsPattern ? name : Unescape(name);
    }

    private Target(string name, NameScope? scope, WildcardPattern? pattern)
    {
        Name = name;
        Scope = scope;
        _pattern = pattern;
    }

    /// <summary>
    /// A name for a parameter that takes no patterns: its scope may be in front, and all other characters mean themselves.
    /// </summary>
    public static Target Literal(string text, NameScope? scope) => new(text, scope, isLiteral: true);

    /// <summary>A name and no pattern, whatever characters it has.</summary>
    public static Target Exact(string name, NameScope? scope) => new(name, scope, pattern: null);

    /// <summary>Everything on this machine.</summary>
    public static Target All { get; } = new("*", null);

    /// <summary>True if finding nothing is no error.</summary>
    public bool IsPattern => _pattern is not null;

    /// <summary>The name itself; the pattern where it is one.</summary>
    public string Name { get; }

    /// <summary>Where to look; null: in both.</summary>
    public NameScope? Scope { get; }

    /// <summary>True if a name in a scope is meant.</summary>
    public bool IsMatch(string name, NameScope scope) => (Scope is null || scope == Scope) && IsMatch(name);

    /// <summary>True if a name is meant, in whichever scope. A pattern also matches the name that is spelt exactly like it.</summary>
    public bool IsMatch(string name) => name == Name || (_pattern?.IsMatch(name) ?? false);

    /// <summary>The names that a target without wildcards may mean.</summary>
    /// <exception cref="WinMmfException">InvalidName.</exception>
    public IReadOnlyList<SharedName> Exactly() => Scope is NameScope one
        ? [new SharedName(Name, one)]
        : [new SharedName(Name, NameScope.Local), new SharedName(Name, NameScope.Global)];

    /// <summary>Where this was looked for, as the end of a sentence.</summary>
    public string DescribeAbsence() =>
        Scope is null ? "exists neither in the Local nor in the Global scope" : $"does not exist in the {Scope} scope";

    /// <summary>This as what an error is about.</summary>
    public ErrorFacts ToFacts() => new() { Name = Name, Scope = Scope?.ToString() };

    private static NameScope? TryTakeScope(ref string name)
    {
        foreach (NameScope scope in new[] { NameScope.Local, NameScope.Global })
        {
            string prefix = scope + "\\";
            if (!name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                continue;
            name = name.Substring(prefix.Length);
            return scope;
        }

        return null;
    }

    private static WildcardPattern? TryMakePattern(string text)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(text))
            return null;
        WildcardPattern pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        try
        {
            _ = pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException)
        {
            // A bracket without its other half stands for itself.
            return null;
        }
    }

    private static string Unescape(string text)
    {
        System.Text.StringBuilder name = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscape = text[i] == '`' && i + 1 < text.Length && text[i + 1] is '*' or '?' or '[' or ']' or '`';
            if (isEscape)
                i++;
            name.Append(text[i]);
        }

        return name.ToString();
    }
}
