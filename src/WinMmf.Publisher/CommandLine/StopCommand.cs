using System;
using System.CommandLine;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.Publisher.Listing;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>stop</c>.</summary>
internal sealed class StopCommand
{
    public const string Examples = """
          stop cam1         end its publisher in good order and wait until it has ended
        """;

    private const double DefaultTimeout = 10;
    private readonly Terminal _terminal;
    private readonly NameArgument _name = new("Name of the channel.");
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Where to look: local or global. Default: local, then global.");
    private readonly Option<double?> _timeout = CommonOptions.Seconds("--timeout", "Wait this long for the end. Default: 10.");
    private readonly Option<bool> _json = CommonOptions.Json();

    public StopCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("stop", "Stop a channel's publisher.") { _name.Argument, _name.Option, _scope, _timeout, _json };
        Command.Validators.Add(_name.Check);
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        using ShutdownSignal signal = new();
        ChannelReport channel = ChannelLook.Find(_name.Of(line), line.GetValue(_scope));
        PublisherControl.Stop(channel, force: false, CommonOptions.Time(line.GetValue(_timeout) ?? DefaultTimeout), signal.Token);
        if (_terminal.IsJson)
        {
            _terminal.Json(json =>
            {
                json.WriteString("event", "stopped");
                json.WriteString("name", channel.Name.Name);
                json.WriteString("scope", channel.Name.Scope.ToString());
                json.WriteNumber("pid", channel.Owner.ProcessId);
            });
        }
        else
        {
            _terminal.Line($"{channel.Name} stopped, process {channel.Owner.ProcessId}");
        }

        return ExitCode.Ok;
    }
}
