using System;
using System.CommandLine;
using WinMmf.Diagnostics;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;
using WinMmf.Publisher.Publishing;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>publish</c>.</summary>
internal sealed class PublishCommand
{
    public const string Examples = """
          publish --name cam1                                          a moving test picture, 1280x720, 30 fps
          publish --name cam1 --width 1920 --height 1080 --fps 60 --pixel-format nv12
          publish --name clip --input video.mp4 --loop                 a file, over and over (needs ffmpeg)
          publish --name cam1 --scope global --read-access Users       for all users of this machine
        """;

    private readonly Terminal _terminal;
    private readonly Option<string> _name = new("--name", "-n") { Description = "Name of the channel: 1 to 200 bytes, no slashes.", HelpName = "NAME", Required = true };
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Who can see the name: local (this session or user; default) or global (the machine; on Windows needs the right to create global objects).");
    private readonly Option<bool> _synthetic = new("--synthetic") { Description = "A moving test picture that readers can verify (default)." };
    private readonly Option<string?> _input = new("--input", "-i") { Description = "A video file, decoded by ffmpeg.", HelpName = "FILE" };
    private readonly Option<int?> _width = new("--width") { Description = "Width in pixels; a file is scaled. Default: 1280, or the file's own.", HelpName = "PIXELS" };
    private readonly Option<int?> _height = new("--height") { Description = "Height in pixels; a file is scaled. Default: 720, or the file's own.", HelpName = "PIXELS" };
    private readonly Option<double?> _fps = new("--fps") { Description = "Frames a second. Default: 30, or the file's own.", HelpName = "N" };
    private readonly Option<PixelFormat?> _pixelFormat = new("--pixel-format")
    {
        Description = "bgr24 (default), bgra32, gray8, yuy2, nv12 or i420.",
        HelpName = "FORMAT",
        CustomParser = static result => CommonOptions.ParseChoice<PixelFormat>(result),
    };

    private readonly Option<int?> _slots = new("--slots") { Description = "Frames kept at a time, 3 to 24; readers can lease all but two. Default: 4.", HelpName = "N" };
    private readonly Option<string[]> _readAccess = new("--read-access")
    {
        Description = "Who may read besides you: an account, a group, a SID, or Users, Everyone. May be given several times.",
        HelpName = "ACCOUNT",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<double?> _duration = CommonOptions.Seconds("--duration", "End after this time.");
    private readonly Option<long?> _frames = CommonOptions.Count("--frames", "End after this many frames.");
    private readonly Option<bool> _loop = new("--loop") { Description = "Begin a file again at its end." };
    private readonly Option<bool> _noPace = new("--no-pace") { Description = "A file as fast as it can be decoded, instead of at its own speed." };
    private readonly Option<string?> _ffmpeg = new("--ffmpeg") { Description = "Where ffmpeg is, if not on the PATH. The environment variable WINMMF_FFMPEG does the same.", HelpName = "PATH" };
    private readonly Option<string?> _label = new("--source-label") { Description = "What readers are told about the source.", HelpName = "TEXT" };
    private readonly Option<bool> _detached = new("--detached") { Description = "Outlive the terminal: print one message when the first frame is readable (or why not), then nothing any more. For programs that start publishers." };
    private readonly Option<string?> _log = new("--log") { Description = "With --detached: write what happens to this file.", HelpName = "FILE" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _parent = CommonOptions.ParentLink();

    public PublishCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("publish", "Publish a test picture or a file until it ends, or until Ctrl+C.")
        {
            _name, _scope, _synthetic, _input, _width, _height, _fps, _pixelFormat, _slots, _readAccess, _duration, _frames,
            _loop, _noPace, _ffmpeg, _label, _detached, _log, _json, _parent,
        };
        Command.Validators.Add(result =>
        {
            if (result.GetValue(_synthetic) && result.GetResult(_input) is not null)
                result.AddError("--synthetic and --input exclude each other.");
            if (result.GetResult(_log) is not null && !result.GetValue(_detached))
                result.AddError("--log goes with --detached; otherwise redirect the output.");
        });
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        bool detached = line.GetValue(_detached);
        IPublisherPlatform platform = PublisherPlatform.Current;
        if (detached)
            platform.LeaveSession();
        using ShutdownSignal signal = new(surviveHangUp: detached);
        IPublishView view = new TerminalPublishView(_terminal);
        try
        {
            if (detached)
                view = new DetachedPublishView(_terminal, platform, null);
            if (line.GetValue(_log) is string log)
                view = new DetachedPublishView(_terminal, platform, new PublisherLog(log));
            return Publish(line, new PublishSession(Settings(line), view, platform), signal);
        }
        catch (WinMmfException e)
        {
            view.Failed(e);
            return ExitCode.Of(e.ErrorId);
        }
        catch (Exception e) when (detached)
        {
            // Whoever started us waits for one message, whatever happens.
            view.Failed(new WinMmfException(WinMmfErrorId.PublisherFailed, $"Unexpected: {e.GetType().Name}: {e.Message}", 0, e));
            return ExitCode.Failed;
        }
    }

    private int Publish(ParseResult line, PublishSession session, ShutdownSignal signal)
    {
        if (!line.GetValue(_parent))
            return session.Run(static _ => { }, signal.Token);
        _terminal.IsWatched = true;
        ParentLink parent = new(signal.Request);
        return session.Run(parent.WaitForGo, signal.Token);
    }

    private PublishSettings Settings(ParseResult line) => new(new SharedName(line.GetValue(_name)!, line.GetValue(_scope) ?? NameScope.Local))
    {
        Input = line.GetValue(_input),
        Width = line.GetValue(_width),
        Height = line.GetValue(_height),
        FrameRate = line.GetValue(_fps),
        PixelFormat = line.GetValue(_pixelFormat) ?? PixelFormat.Bgr24,
        Slots = line.GetValue(_slots),
        ReadAccess = line.GetValue(_readAccess) ?? [],
        Duration = CommonOptions.Time(line.GetValue(_duration)),
        Frames = line.GetValue(_frames) ?? 0,
        Loop = line.GetValue(_loop),
        Pace = !line.GetValue(_noPace),
        Ffmpeg = line.GetValue(_ffmpeg),
        SourceLabel = line.GetValue(_label),
    };
}
