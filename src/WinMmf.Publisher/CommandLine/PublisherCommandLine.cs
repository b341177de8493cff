using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.CommandLine;

/// <summary>The verbs of the program.</summary>
internal sealed class PublisherCommandLine
{
    private readonly Terminal _terminal;
    private readonly RootCommand _root;

    public PublisherCommandLine(Terminal terminal)
    {
        _terminal = terminal;
        _root = new RootCommand("Publishes pictures into named shared memory, where any number of programs read the newest one, and "
            + "reads, lists and stops such channels.");
        PublishCommand publish = new(terminal);
        RunCommand run = new(terminal);
        ReadCommand read = new(terminal);
        ListCommand list = new(terminal);
        DevicesCommand devices = new(terminal);
        StatusCommand status = new(terminal);
        HealthCommand health = new(terminal);
        RestartCommand restart = new(terminal);
        StopCommand stop = new(terminal);
        HoldCommand hold = new(terminal);
        DemoCommand demo = new(terminal);
        Command[] verbs = [publish.Command, run.Command, read.Command, list.Command, devices.Command, status.Command, health.Command,
            restart.Command, stop.Command, hold.Command, demo.Command];
        foreach (Command verb in verbs)
            _root.Subcommands.Add(verb);
        _root.Subcommands.Add(new MirrorCommand(terminal).Command);

        Dictionary<Command, string> examples = new()
        {
            [_root] = """
                  WinMmf.Publisher demo                        see it work, with nothing but this program
                  WinMmf.Publisher publish cam1                publish a test picture as 'cam1'
                  WinMmf.Publisher read cam1 --frames 100      read it in another window
                  WinMmf.Publisher VERB --help                 all about one verb
                """,
            [publish.Command] = PublishCommand.Examples,
            [run.Command] = RunCommand.Examples,
            [read.Command] = ReadCommand.Examples,
            [list.Command] = ListCommand.Examples,
            [devices.Command] = DevicesCommand.Examples,
            [status.Command] = StatusCommand.Examples,
            [health.Command] = HealthCommand.Examples,
            [restart.Command] = RestartCommand.Examples,
            [stop.Command] = StopCommand.Examples,
            [hold.Command] = HoldCommand.Examples,
            [demo.Command] = DemoCommand.Examples,
        };
        foreach (Option option in _root.Options)
        {
            if (option is HelpOption { Action: HelpAction usual })
                option.Action = new HelpWithExamples(usual, examples, new() { [health.Command] = HealthCommand.ExitCodes });
        }
    }

    /// <summary>Runs one command line and gives the exit code.</summary>
    public int Run(string[] arguments)
    {
        // No response files: a channel or a file may have a name that begins with '@'.
        ParserConfiguration parsing = new() { ResponseFileTokenReplacer = null };
        ParseResult result = _root.Parse(arguments.Length == 0 ? ["--help"] : arguments, parsing);
        if (result.Errors.Count > 0 && result.Action is not HelpWithExamples)
            return Refuse(result);

        // This program handles signals itself: it ends cleanly and says so.
        InvocationConfiguration invocation = new()
        {
            Output = _terminal.Out,
            Error = _terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return result.Invoke(invocation);
    }

    private int Refuse(ParseResult result)
    {
        string verb = result.CommandResult.Command == _root ? "" : result.CommandResult.Command.Name + " ";
        List<string> messages = [];
        foreach (ParseError error in result.Errors)
        {
            if (!messages.Contains(error.Message))
                messages.Add(error.Message);
        }

        string message = $"{string.Join(" ", messages)} See: WinMmf.Publisher {verb}--help";
        if (verb == HealthCommand.Name + " ")
            return HealthCommand.Fail(_terminal, message);
        _terminal.Fail("Usage", message);
        return ExitCode.Usage;
    }
}
