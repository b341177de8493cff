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
          read cam1 --y4m - | ffplay -i -              for any program that reads a pipe
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
    private readonly Option<string?> _raw = new("--raw")
    {
        Description = "Write the pixels of all frames, and nothing else, to this file or, with -, to standard output.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _y4m = new("--y4m")
    {
        Description = "The same as YUV4MPEG2, which says size, rate and colours at its start.",
        HelpName = "FILE",
    };

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
            _name.Argument, _name.Option, _scope, _owner, _frames, _duration, _newest, _every, _verify, _hash, _lease, _save, _raw, _y4m,
            _timeout, _wait, _json, _parent,
        };
        Command.Validators.Add(result =>
        {
            _name.Check(result);
            if (result.GetValue(_newest) && result.GetValue(_every))
                result.AddError("--newest and --every exclude each other.");
            if (result.GetValue(_lease) && result.GetValue(_every))
                result.AddError("--lease takes the newest frame, so it excludes --every.");
            if (result.GetValue(_raw) is not null && result.GetValue(_y4m) is not null)
                result.AddError("--raw and --y4m exclude each other.");
            string? output = result.GetValue(_raw) ?? result.GetValue(_y4m);
            if (output is not null && result.GetValue(_lease))
                result.AddError("--lease uses frames in place; --raw and --y4m write copies.");
            if (output == FrameOutput.StandardOutput && (result.GetValue(_hash) || result.GetValue(_json)))
                result.AddError("Standard output gets frames, so --hash and --json have no place there. Name a file in place of -.");
            if (output == FrameOutput.StandardOutput && terminal.IsLive)
                result.AddError("Standard output is a terminal, which cannot show frames. Pipe it into a program or a file.");
        });
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        using ShutdownSignal signal = new();
        string? raw = line.GetValue(_raw);
        string? output = raw ?? line.GetValue(_y4m);
        _terminal.ProgressToError = line.GetValue(_hash) || output == FrameOutput.StandardOutput;
        if (line.GetValue(_parent))
        {
            _terminal.IsWatched = true;
            _ = new ParentLink(signal.Request);
        }

        using FrameOutput? frames = output is null ? null : new FrameOutput(raw is not null ? new RawForm() : new Y4mForm(), output);
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
            Output = frames,
            Wait = CommonOptions.Time(line.GetValue(_wait)) ?? TimeSpan.Zero,
        };
        if (CommonOptions.Time(line.GetValue(_timeout)) is TimeSpan timeout)
            settings = settings with { Timeout = timeout };
        using ReadView view = new(_terminal);
        return new ReadSession(settings, view).Run(signal.Token);
    }
}
