using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// What a -Name and a -Scope mean: the one rule for names, scopes and wildcards. A pattern also matches the name that is
/// spelt exactly like it, so that a name with brackets goes through a pipeline without escaping.
/// </summary>
internal sealed class Target
{
    private readonly WildcardPattern _pattern;

    /// <param name="text">A name, or a pattern of names.</param>
    /// <param name="scope">Where to look; null: in both.</param>
    public Target(string text, NameScope? scope)
    {
        Text = text;
        Scope = scope;
        _pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        IsPattern = WildcardPattern.ContainsWildcardCharacters(text);
        Name = IsPattern ? text : WildcardPattern.Unescape(text);
    }

    /// <summary>Everything on this machine.</summary>
    public static Target All { get; } = new("*", null);

    /// <summary>What was given, letter by letter. Cmdlets that take no wildcards use this.</summary>
    public string Text { get; }

    /// <summary>True if finding nothing is no error.</summary>
    public bool IsPattern { get; }

    /// <summary>The name itself, where it is no pattern.</summary>
    public string Name { get; }

    /// <summary>Where to look; null: in both.</summary>
    public NameScope? Scope { get; }

    /// <summary>True if a name in a scope is meant.</summary>
    public bool IsMatch(string name, NameScope scope) => (Scope is null || scope == Scope) && IsMatch(name);

    /// <summary>True if a name is meant, in whichever scope.</summary>
    public bool IsMatch(string name) => IsPattern ? name == Text || _pattern.IsMatch(name) : name == Name;

    /// <summary>The names that a target without wildcards may mean.</summary>
    /// <exception cref="WinMmfException">InvalidName.</exception>
    public IReadOnlyList<SharedName> Exactly() => Scope is NameScope one
        ? [new SharedName(Name, one)]
        : [new SharedName(Name, NameScope.Local), new SharedName(Name, NameScope.Global)];

    /// <summary>Where this was looked for, as the end of a sentence.</summary>
    public string DescribeAbsence() =>
        Scope is null ? "exists neither in the Local nor in the Global scope" : $"does not exist in the {Scope} scope";
}
