using System.CommandLine;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.Publisher.Listing;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>restart</c>.</summary>
internal sealed class RestartCommand
{
    public const string Examples = """
          restart cam1      open its camera, file or address again, and wait for a new frame; readers go on
        """;

    private const double DefaultTimeout = 15;
    private readonly Terminal _terminal;
    private readonly NameArgument _name = new("Name of the channel.");
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Where to look: local or global. Default: local, then global.");
    private readonly Option<double?> _timeout = CommonOptions.Seconds("--timeout", "Wait this long for a new frame. Default: 15.");
    private readonly Option<bool> _json = CommonOptions.Json();

    public RestartCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("restart", "Have a channel's publisher start its source again.")
        {
            _name.Argument, _name.Option, _scope, _timeout, _json,
        };
        Command.Validators.Add(_name.Check);
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        using ShutdownSignal signal = new();
        ChannelReport channel = PublisherRestart.Restart(ChannelLook.Find(_name.Of(line), line.GetValue(_scope)),
            CommonOptions.Time(line.GetValue(_timeout) ?? DefaultTimeout), signal.Token);
        if (_terminal.IsJson)
        {
            _terminal.Json(json =>
            {
                json.WriteString("event", "restarted");
                json.WriteString("name", channel.Name.Name);
                json.WriteString("scope", channel.Name.Scope.ToString());
                json.WriteNumber("pid", channel.Owner.ProcessId);
                json.WriteNumber("epoch", channel.Epoch);
                json.WriteNumber("restarts", channel.Counters.SourceRestarts);
            });
        }
        else
        {
            _terminal.Line($"{channel.Name} restarted, process {channel.Owner.ProcessId}");
        }

        return ExitCode.Ok;
    }
}
