using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;

namespace WinMmf.Publisher.CommandLine;

/// <summary>The usual help, and after it what a newcomer looks for: lines to copy, and the exit codes.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _usual;
    private readonly IReadOnlyDictionary<Command, string> _examples;
    private readonly Dictionary<Command, string> _exitCodes;

    /// <param name="usual">The usual help.</param>
    /// <param name="examples">The lines to copy.</param>
    /// <param name="exitCodes">The exit codes of verbs that have their own.</param>
    public HelpWithExamples(HelpAction usual, IReadOnlyDictionary<Command, string> examples, Dictionary<Command, string> exitCodes)
    {
        _usual = usual;
        _examples = examples;
        _exitCodes = exitCodes;
    }

    /// <summary>Help also where other arguments are wrong.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = _usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (_examples.TryGetValue(parseResult.CommandResult.Command, out string? examples))
        {
            output.WriteLine("Examples:");
            output.WriteLine(examples);
            output.WriteLine();
        }

        output.WriteLine(_exitCodes.GetValueOrDefault(parseResult.CommandResult.Command, ExitCode.Table));
        return code;
    }
}
