using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using WinMmf.Errors;
using WinMmf.Management.Launching;
using WinMmf.Names;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;
using WinMmf.Publisher.Publishing;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>publish</c>.</summary>
internal sealed class PublishCommand
{
    public const string Examples = """
          publish cam1                                          a moving test picture, 1280x720, 30 fps
          publish cam1 --width 1920 --height 1080 --frame-rate 60 --pixel-format nv12
          publish clip --input video.mp4 --loop                 a file, over and over (needs ffmpeg)
          publish door --input rtsp://door/stream --input-option rtsp_transport=tcp
          publish cam2 --camera "HD Webcam*" --width 1280 --height 720   a camera; 'devices' lists them
          publish cam2 --input-format v4l2 --input /dev/video0 --width 1280 --height 720 --pixel-format mjpg
          publish cam1 --scope global --read-access Users       for all users of this machine
        """;

    private readonly Terminal _terminal;
    private readonly NameArgument _name = new("Name of the channel: 1 to 200 bytes, no slashes.");
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Who can see the name: local (this session or user; default) or "
        + "global (the machine; on Windows needs the right to create global objects).");
    private readonly Option<bool> _synthetic =
        new("--synthetic") { Description = "A moving test picture that readers can verify (default)." };
    private readonly RequestArguments<PublishRequest> _options;
    private readonly Option<bool> _detached = new("--detached")
    {
        Description = "Outlive the terminal: print one message when the first "
        + "frame is readable (or why not), then nothing any more. For programs that start publishers."
    };
    private readonly Option<bool> _fromInput = CommonOptions.FromInput();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _parent = CommonOptions.ParentIsLinked();

    public PublishCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("publish", "Publish a camera, a file or a test picture until it ends, or until Ctrl+C.")
        {
            _name.Argument,
            _name.Option,
            _scope,
            _synthetic,
        };
        _options = new RequestArguments<PublishRequest>(
            Command, PublishOptions.All, new PublishRequest(new SharedName("name", NameScope.Local)));
        foreach (Option option in new Option[] { _detached, _fromInput, _json, _parent })
            Command.Options.Add(option);
        Command.Validators.Add(Check);
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private void Check(CommandResult line)
    {
        _name.Check(line);
        foreach (string source in new[] { "input", "camera" })
        {
            if (line.GetValue(_synthetic) && _options.IsGiven(line, source))
                line.AddError($"--synthetic and --{source} exclude each other.");
        }

        if (_options.IsGiven(line, "log-path") && !line.GetValue(_detached))
            line.AddError("--log-path goes with --detached; otherwise redirect the output.");
        if (line.GetValue(_fromInput) && (line.GetValue(_synthetic) || _options.IsAnyGiven(line)))
            line.AddError($"With {_fromInput.Name} all options but name and scope come on standard input.");
    }

    private int Run(ParseResult line)
    {
        bool detached = line.GetValue(_detached) || line.GetValue(_fromInput);
        IPublisherPlatform platform = PublisherPlatform.Current;
        platform.DropInherited(close: detached, _options.TextOf(line, "input"));
        if (detached)
            platform.LeaveSession();
        using ShutdownSignal signal = new(surviveHangUp: detached);
        IPublishView view = !detached ? new TerminalPublishView(_terminal)
            : line.GetValue(_parent) ? new SupervisedPublishView(_terminal)
            : new DetachedPublishView(_terminal, platform);
        try
        {
            PublishRequest request = Read(line);
            if (detached && request.LogPath is string log)
                view = new LoggedPublishView(view, new PublisherLog(log));
            view = new DiscreetPublishView(view, request);
            request.Check();
            platform.MoveToNeutralFolder();
            return Publish(line, new PublishSession(request, view, platform), signal);
        }
        catch (WinMmfException e)
        {
            view.Failed(e);
            return ExitCode.Of(e.ErrorId);
        }
        catch (Exception e) when (detached)
        {
            // The program that started this one waits for one message, whatever happens.
            view.Failed(new WinMmfException(WinMmfErrorId.PublisherFailed, $"Unexpected: {e.GetType().Name}: {e.Message}", 0, e));
            return ExitCode.Failed;
        }
    }

    private PublishRequest Read(ParseResult line)
    {
        PublishRequest request = new(new SharedName(_name.Of(line), line.GetValue(_scope) ?? NameScope.Local));
        if (line.GetValue(_fromInput))
            request.Read(RequestInput.Read(PublisherPlatform.Current, keep: line.GetValue(_parent)));
        else
            _options.Fill(line, request);
        request.ResolvePaths();
        return request;
    }

    private int Publish(ParseResult line, PublishSession session, ShutdownSignal signal)
    {
        if (!line.GetValue(_parent))
            return session.Run(static _ => { }, signal.Token);
        _terminal.IsWatched = true;
        ParentLink parent = new(signal.Request);
        return session.Run(parent.WaitForGo, signal.Token);
    }
}
