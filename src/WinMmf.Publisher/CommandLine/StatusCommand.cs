using System.Collections.Generic;
using System.CommandLine;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.Publisher.Listing;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>status</c>: what a publisher says of itself.</summary>
internal sealed class StatusCommand
{
    public const string Examples = """
          status cam1             state, source, last error, counters
          status cam1 --json      the same for programs
        """;

    private readonly Terminal _terminal;
    private readonly NameArgument _name = new("Name of the channel.");
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Where to look: local or global. Default: local, then global.");
    private readonly Option<bool> _json = CommonOptions.Json();

    public StatusCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("status", "Ask a channel's publisher how it is.") { _name.Argument, _name.Option, _scope, _json };
        Command.Validators.Add(_name.Check);
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        using ShutdownSignal signal = new();
        ControlMessage status = ControlClient.AskStatus(ChannelLook.Find(_name.Of(line), line.GetValue(_scope)), signal.Token);
        if (_terminal.IsJson)
        {
            _terminal.Json(json =>
            {
                json.WriteString("event", "status");
                foreach (KeyValuePair<string, string> field in status.Fields)
                    json.WriteString(field.Key, field.Value);
            });
            return ExitCode.Ok;
        }

        foreach (KeyValuePair<string, string> field in status.Fields)
        {
            if (field.Value.Length > 0)
                _terminal.Line($"{field.Key + ":",-18}{field.Value}");
        }

        return ExitCode.Ok;
    }
}
