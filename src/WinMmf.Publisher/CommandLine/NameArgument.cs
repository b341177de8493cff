using System.CommandLine;
using System.CommandLine.Parsing;

namespace WinMmf.Publisher.CommandLine;

/// <summary>The name that a command is about: by its position, or by <c>--name</c>.</summary>
internal sealed class NameArgument
{
    public NameArgument(string description) =>
        Argument = new Argument<string?>("NAME") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The name by its position.</summary>
    public Argument<string?> Argument { get; }

    /// <summary>The name by its option.</summary>
    public Option<string?> Option { get; } = new("--name", "-n") { Description = "The same as NAME.", HelpName = "NAME" };

    /// <summary>Refuses a command line that gives it not at all, or twice, and one whose name is an option that does not exist.</summary>
    public void Check(CommandResult line)
    {
        Token? name = line.GetResult(Argument) is { Tokens.Count: > 0 } result ? result.Tokens[0] : null;
        if (name?.Value.StartsWith('-') == true)
            line.AddError($"'{name.Value}' is no option here. A name that begins with a hyphen is given with --name.");
        else if (name is not null == line.GetResult(Option) is not null)
            line.AddError("Give the name once.");
    }

    /// <summary>The name that was given.</summary>
    public string Of(ParseResult line) => (line.GetValue(Argument) ?? line.GetValue(Option))!;
}
