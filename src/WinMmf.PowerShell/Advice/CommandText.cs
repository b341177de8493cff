using System.Globalization;
using System.Text;
using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.PowerShell.Advice;

/// <summary>A command that a person can run as it stands.</summary>
internal sealed class CommandText
{
    private readonly StringBuilder _text;

    public CommandText(string cmdlet) => _text = new StringBuilder(cmdlet);

    /// <summary>
    /// True if a cmdlet's -Name takes patterns, so that a name with wildcard characters must be escaped: all but those that make
    /// something new, or watch one thing.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    public static bool TakesPattern(string cmdlet) => cmdlet is not ("New-SharedMemory" or "Start-CameraPublisher" or "Watch-SharedFrame"
        or "Show-SharedFrame");

    /// <summary>About a memory.</summary>
    /// <param name="name">Its name and scope.</param>
    public CommandText On(SharedName name) => On(name.Name, name.Scope.ToString());

    /// <summary>About what an error is about; any scope if it says none.</summary>
    /// <param name="facts">The facts. Without a name the command has none either.</param>
    public CommandText On(ErrorFacts facts) => facts.Name is null ? this : On(facts.Name, facts.Scope);

    /// <summary>A parameter and its value.</summary>
    public CommandText With(string parameter, string value)
    {
        _text.Append(" -").Append(parameter).Append(' ').Append(PowerShellText.Quote(value));
        return this;
    }

    /// <summary>A parameter and its value; neither if there is no value.</summary>
    public CommandText WithAny(string parameter, string? value) => value is null ? this : With(parameter, value);

    /// <summary>A parameter and a number.</summary>
    public CommandText With(string parameter, long value)
    {
        _text.Append(" -").Append(parameter).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>A parameter and a word that needs no quotation marks: a value of an enumeration, or what a person fills in.</summary>
    public CommandText WithWord(string parameter, string word)
    {
        _text.Append(" -").Append(parameter).Append(' ').Append(word);
        return this;
    }

    /// <summary>A switch.</summary>
    public CommandText Switch(string parameter)
    {
        _text.Append(" -").Append(parameter);
        return this;
    }

    /// <summary>The command.</summary>
    public override string ToString() => _text.ToString();

    private CommandText On(string name, string? scope)
    {
        _text.Append(" -Name ").Append(TakesPattern(_text.ToString()) ? PowerShellText.QuotePattern(name) : PowerShellText.Quote(name));
        return scope is null ? this : WithWord("Scope", scope);
    }
}
