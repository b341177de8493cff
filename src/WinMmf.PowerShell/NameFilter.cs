using System.Management.Automation;

namespace WinMmf.PowerShell;

/// <summary>
/// A -Name that may be a pattern. A name that is there exactly as given matches too, so that a name with
/// brackets goes through a pipeline without escaping.
/// </summary>
internal sealed class NameFilter
{
    private readonly string _text;
    private readonly WildcardPattern _pattern;

    public NameFilter(string text)
    {
        _text = text;
        _pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        IsPattern = WildcardPattern.ContainsWildcardCharacters(text);
        Name = IsPattern ? text : WildcardPattern.Unescape(text);
    }

    /// <summary>True if finding nothing is no error.</summary>
    public bool IsPattern { get; }

    /// <summary>The name itself, where it is no pattern.</summary>
    public string Name { get; }

    public bool IsMatch(string name) => IsPattern ? name == _text || _pattern.IsMatch(name) : name == Name;
}
