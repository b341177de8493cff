using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using WinMmf.Errors;
using WinMmf.Management.Launching;

namespace WinMmf.Publisher.CommandLine;

/// <summary>The options of a request as options of a command line.</summary>
/// <typeparam name="T">The request.</typeparam>
internal sealed class RequestArguments<T>
    where T : LaunchRequest
{
    private readonly List<(RequestOption<T> Option, Option Argument, string? Text)> _arguments = [];
    private readonly T _scratch;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="options">The options.</param>
    /// <param name="scratch">A request that values are tried on.</param>
    public RequestArguments(Command command, IEnumerable<RequestOption<T>> options, T scratch)
    {
        _scratch = scratch;
        foreach (RequestOption<T> option in options)
        {
            switch (option.Form)
            {
                case RequestOptionForm.Value:
                    Add(option, new Option<string?>("--" + option.Name) { Arity = ArgumentArity.ExactlyOne }, null);
                    break;
                case RequestOptionForm.List:
                    Add(option, new Option<string[]>("--" + option.Name) { Arity = ArgumentArity.OneOrMore }, null);
                    break;
                case RequestOptionForm.Switch:
                    Add(option, new Option<bool>("--" + option.Name), RequestOptionText.On);
                    break;
                default:
                    Add(option, new Option<bool>("--" + option.Name), RequestOptionText.On);
                    Add(option, new Option<bool>("--no-" + option.Name) { Hidden = true }, RequestOptionText.Off);
                    break;
            }
        }

        foreach ((RequestOption<T> option, Option argument, _) in _arguments)
            command.Options.Add(argument);
        command.Validators.Add(CheckToggles);
    }

    /// <summary>True if an option was given.</summary>
    public bool IsGiven(CommandResult line, string name) => Find(line, name) is not null;

    /// <summary>An option's value; null if it was not given.</summary>
    public string? TextOf(ParseResult line, string name) =>
        Find(line.CommandResult, name) is { Tokens.Count: > 0 } result ? result.Tokens[0].Value : null;

    /// <summary>True if any option was given.</summary>
    public bool IsAnyGiven(CommandResult line) => _arguments.Exists(entry => line.GetResult(entry.Argument) is { Implicit: false });

    /// <summary>Writes what was given into a request.</summary>
    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public void Fill(ParseResult line, T request)
    {
        foreach ((RequestOption<T> option, Option argument, string? text) in _arguments)
        {
            if (line.GetResult(argument) is not { Implicit: false } result)
                continue;
            if (text is not null)
            {
                option.Write(request, text);
                continue;
            }

            foreach (Token token in result.Tokens)
                option.Write(request, token.Value);
        }
    }

    private static OptionResult? Given(SymbolResult line, Option argument) =>
        line.GetResult(argument) is { Implicit: false } result ? result : null;

    private OptionResult? Find(SymbolResult line, string name)
    {
        foreach ((RequestOption<T> option, Option argument, _) in _arguments)
        {
            if (option.Name == name && Given(line, argument) is OptionResult result)
                return result;
        }

        return null;
    }

    private void Add(RequestOption<T> option, Option argument, string? text)
    {
        argument.Description = option.Description;
        if (option.ValueName.Length > 0)
            argument.HelpName = option.ValueName;
        if (option.Alias.Length > 0)
            argument.Aliases.Add(option.Alias);
        if (text is null)
            argument.Validators.Add(result => Try(option, result));
        _arguments.Add((option, argument, text));
    }

    private void Try(RequestOption<T> option, OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            try
            {
                option.Write(_scratch, token.Value);
            }
            catch (WinMmfException e)
            {
                result.AddError(e.Message);
            }
        }
    }

    private void CheckToggles(CommandResult line)
    {
        foreach ((RequestOption<T> option, Option argument, string? text) in _arguments)
        {
            if (text == RequestOptionText.Off && Given(line, argument) is not null
                && _arguments.Exists(
                other => other.Option == option && other.Text == RequestOptionText.On && Given(line, other.Argument) is not null))
                line.AddError($"--{option.Name} and --no-{option.Name} exclude each other.");
        }
    }
}
