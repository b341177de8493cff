using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;
using WinMmf.Publisher.Publishing;
using WinMmf.Residency;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>publish</c>.</summary>
internal sealed class PublishCommand
{
    public const string Examples = """
          publish --name cam1                                          a moving test picture, 1280x720, 30 fps
          publish --name cam1 --width 1920 --height 1080 --fps 60 --pixel-format nv12
          publish --name clip --input video.mp4 --loop                 a file, over and over (needs ffmpeg)
          publish --name door --input rtsp://door/stream --input-option rtsp_transport=tcp
          publish --name cam2 --input-format v4l2 --input /dev/video0 --width 1280 --height 720 --pixel-format mjpg
          publish --name cam1 --scope global --read-access Users       for all users of this machine
        """;

    private readonly Terminal _terminal;
    private readonly Option<string> _name = new("--name", "-n") { Description = "Name of the channel: 1 to 200 bytes, no slashes.", HelpName = "NAME", Required = true };
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Who can see the name: local (this session or user; default) or global (the machine; on Windows needs the right to create global objects).");
    private readonly Option<bool> _synthetic = new("--synthetic") { Description = "A moving test picture that readers can verify (default)." };
    private readonly Option<string?> _input = new("--input", "-i") { Description = "A video file, an address such as rtsp://..., or with --input-format a device; opened by ffmpeg.", HelpName = "FILE" };
    private readonly Option<string?> _inputFormat = new("--input-format") { Description = "ffmpeg's format of the input: v4l2 or dshow for cameras, lavfi for test pictures.", HelpName = "FORMAT" };
    private readonly Option<KeyValuePair<string, string>[]> _inputOptions = new("--input-option")
    {
        Description = "An ffmpeg option for the input, without its dash. May be given several times.",
        HelpName = "KEY=VALUE",
        CustomParser = ParsePairs,
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<int?> _width = new("--width") { Description = "Width in pixels; a camera is asked for it, a file is scaled. Default: 1280, or the input's own.", HelpName = "PIXELS" };
    private readonly Option<int?> _height = new("--height") { Description = "Height in pixels, likewise. Default: 720, or the input's own.", HelpName = "PIXELS" };
    private readonly Option<double?> _fps = new("--fps") { Description = "Frames a second. Default: 30, or the input's own.", HelpName = "N" };
    private readonly Option<PixelFormat?> _pixelFormat = new("--pixel-format")
    {
        Description = "bgr24 (default), bgra32, gray8, yuy2, nv12, i420, or mjpg to pass an MJPEG input through undecoded.",
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

    private readonly Option<string?> _sddl = CommonOptions.Sddl();
    private readonly Option<MemoryResidency?> _resident = CommonOptions.Resident();
    private readonly Option<double?> _duration = CommonOptions.Seconds("--duration", "End after this time.");
    private readonly Option<long?> _frames = CommonOptions.Count("--frames", "End after this many frames.");
    private readonly Option<string?> _alsoWinMmf = new("--also-winmmf") { Description = "Put the frames into this plain memory as well, for programs built on the Rust crate winmmf: lock word, then the raw frame.", HelpName = "NAME" };
    private readonly Option<string[]> _winMmfAccess = new("--winmmf-access")
    {
        Description = "Whose winmmf programs may open it besides yours. They may also write it. May be given several times.",
        HelpName = "ACCOUNT",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<double?> _winMmfWait = CommonOptions.Seconds("--winmmf-wait", "How long a frame may wait for that memory's lock. Default: 0, it is left out at once.");
    private readonly Option<bool> _loop = new("--loop") { Description = "Begin a file again at its end." };
    private readonly Option<bool> _pace = new("--pace") { Description = "At the input's own speed. Default for files." };
    private readonly Option<bool> _noPace = new("--no-pace") { Description = "As fast as the input can be read. Default for addresses and devices." };
    private readonly Option<double?> _stallTimeout = CommonOptions.Seconds("--stall-timeout", "A source that is silent for so long has failed, and is started again if it is live or looped. Default: 5, files 30.");
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
            _name, _scope, _synthetic, _input, _width, _height, _fps, _pixelFormat, _slots, _readAccess, _sddl, _resident, _duration, _frames,
            _alsoWinMmf, _winMmfAccess, _winMmfWait, _inputFormat, _inputOptions, _loop, _pace, _noPace, _stallTimeout, _ffmpeg, _label, _detached, _log, _json, _parent,
        };
        Command.Validators.Add(result =>
        {
            if (result.GetValue(_synthetic) && result.GetResult(_input) is not null)
                result.AddError("--synthetic and --input exclude each other.");
            if (result.GetResult(_input) is null && (result.GetResult(_inputFormat) ?? result.GetResult(_stallTimeout)) is not null)
                result.AddError("--input-format and --stall-timeout go with --input.");
            if (result.GetResult(_alsoWinMmf) is null && (result.GetResult(_winMmfWait) is not null || result.GetResult(_winMmfAccess) is { Implicit: false }))
                result.AddError("--winmmf-access and --winmmf-wait go with --also-winmmf.");
            if (result.GetValue(_pace) && result.GetValue(_noPace))
                result.AddError("--pace and --no-pace exclude each other.");
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

    private static KeyValuePair<string, string>[] ParsePairs(ArgumentResult result)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (Token token in result.Tokens)
        {
            int equals = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                result.AddError($"'{token.Value}' is no option for the input. Write KEY=VALUE, such as rtsp_transport=tcp.");
            else
                pairs.Add(new(token.Value[..equals], token.Value[(equals + 1)..]));
        }

        return [.. pairs];
    }

    private PublishSettings Settings(ParseResult line) => new(new SharedName(line.GetValue(_name)!, line.GetValue(_scope) ?? NameScope.Local))
    {
        Input = line.GetValue(_input),
        InputFormat = line.GetValue(_inputFormat),
        InputOptions = line.GetValue(_inputOptions) ?? [],
        Width = line.GetValue(_width),
        Height = line.GetValue(_height),
        FrameRate = line.GetValue(_fps),
        PixelFormat = line.GetValue(_pixelFormat) ?? PixelFormat.Bgr24,
        Slots = line.GetValue(_slots),
        ReadAccess = line.GetValue(_readAccess) ?? [],
        Sddl = line.GetValue(_sddl),
        Duration = CommonOptions.Time(line.GetValue(_duration)),
        Frames = line.GetValue(_frames) ?? 0,
        Loop = line.GetValue(_loop),
        Pace = line.GetValue(_pace) ? true : line.GetValue(_noPace) ? false : null,
        Silence = CommonOptions.Time(line.GetValue(_stallTimeout)),
        LogPath = line.GetValue(_log) is string log ? System.IO.Path.GetFullPath(log) : null,
        Residency = line.GetValue(_resident) ?? MemoryResidency.None,
        AlsoWinMmf = line.GetValue(_alsoWinMmf),
        WinMmfAccess = line.GetValue(_winMmfAccess) ?? [],
        WinMmfWait = CommonOptions.Time(line.GetValue(_winMmfWait)) ?? TimeSpan.Zero,
        Ffmpeg = line.GetValue(_ffmpeg),
        SourceLabel = line.GetValue(_label),
    };
}
