using System;
using System.CommandLine;
using WinMmf.Names;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Reading;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>read</c>.</summary>
internal sealed class ReadCommand
{
    public const string Examples = """
          read cam1                                    show rate and latency until Ctrl+C
          read cam1 --frames 1 --save now.png          one picture into a file
          read cam1 --every --verify --duration 60     is every frame of a synthetic channel whole?
          read cam1 --lease --wait 30                  zero copy; wait for the channel to appear
        """;

    private readonly Terminal _terminal;
    private readonly NameArgument _name = new("Name of the channel.");
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Where to look: local or global. Default: local, then global.");
    private readonly Option<long?> _frames = CommonOptions.Count("--frames", "End after this many frames.");
    private readonly Option<double?> _duration = CommonOptions.Seconds("--duration", "End after this time.");
    private readonly Option<bool> _newest = new("--newest") { Description = "Always the newest frame; older ones are skipped (default)." };
    private readonly Option<bool> _every = new("--every") { Description = "Every frame in order, as far as it is still there." };
    private readonly Option<bool> _verify = new("--verify") { Description = "Check the checksum of each frame of a synthetic channel." };
    private readonly Option<bool> _hash = new("--hash") { Description = "Print number and SHA-256 of each frame, one a line." };
    private readonly Option<bool> _lease = new("--lease") { Description = "Use frames in place, without a copy." };
    private readonly Option<string?> _save =
        new("--save") { Description = "Save the last frame: .png, .jpg, .bmp or .raw.", HelpName = "FILE" };
    private readonly Option<double?> _timeout = CommonOptions.Seconds(
        "--timeout", "Fail if no new frame comes for this long. Default: 10.");
    private readonly Option<string?> _owner =
        new("--owner") { Description = "Read only a channel of this account: a name, a SID or a user number.", HelpName = "ACCOUNT" };
    private readonly Option<double?> _wait = CommonOptions.Seconds("--wait", "Wait this long for the channel to appear. Default: 0.");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _parent = CommonOptions.ParentIsLinked();

    public ReadCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("read", "Read a channel and show how well it flows.")
        {
            _name.Argument, _name.Option, _scope, _owner, _frames, _duration, _newest, _every, _verify, _hash, _lease, _save, _timeout,
            _wait, _json, _parent,
        };
        Command.Validators.Add(result =>
        {
            _name.Check(result);
            if (result.GetValue(_newest) && result.GetValue(_every))
                result.AddError("--newest and --every exclude each other.");
            if (result.GetValue(_lease) && result.GetValue(_every))
                result.AddError("--lease takes the newest frame, so it excludes --every.");
        });
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        using ShutdownSignal signal = new();
        _terminal.ProgressToError = line.GetValue(_hash);
        if (line.GetValue(_parent))
        {
            _terminal.IsWatched = true;
            _ = new ParentLink(signal.Request);
        }

        ReadSettings settings = new(_name.Of(line))
        {
            Scope = line.GetValue(_scope),
            Owner = line.GetValue(_owner),
            Frames = line.GetValue(_frames) ?? 0,
            Duration = CommonOptions.Time(line.GetValue(_duration)),
            Every = line.GetValue(_every),
            Verify = line.GetValue(_verify),
            Hash = line.GetValue(_hash),
            Lease = line.GetValue(_lease),
            Save = line.GetValue(_save),
            Wait = CommonOptions.Time(line.GetValue(_wait)) ?? TimeSpan.Zero,
        };
        if (CommonOptions.Time(line.GetValue(_timeout)) is TimeSpan timeout)
            settings = settings with { Timeout = timeout };
        using ReadView view = new(_terminal);
        return new ReadSession(settings, view).Run(signal.Token);
    }
}
