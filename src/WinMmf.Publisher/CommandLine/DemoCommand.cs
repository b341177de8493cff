using System;
using System.CommandLine;
using System.Threading;
using WinMmf.Capture;
using WinMmf.Frames;
using WinMmf.Publisher.Demo;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>demo</c>.</summary>
internal sealed class DemoCommand
{
    public const string Examples = """
          demo                              five seconds of 1920x1080, every frame verified
          demo --seconds 60 --fps 60
          demo --input video.mp4            a file of yours (needs ffmpeg)
        """;

    private const double DefaultSeconds = 5;

    private readonly Terminal _terminal;
    private readonly Option<double?> _seconds = CommonOptions.Seconds("--seconds", "How long. Default: 5.");
    private readonly Option<int> _width =
        new("--width") { Description = "Width in pixels. Default: 1920.", HelpName = "PIXELS", DefaultValueFactory = static _ => 1920 };
    private readonly Option<int> _height =
        new("--height") { Description = "Height in pixels. Default: 1080.", HelpName = "PIXELS", DefaultValueFactory = static _ => 1080 };
    private readonly Option<double> _fps =
        new("--fps") { Description = "Frames a second. Default: 30.", HelpName = "N", DefaultValueFactory = static _ => 30 };
    private readonly Option<string?> _input =
        new("--input", "-i") { Description = "A video file instead of the test picture.", HelpName = "FILE" };
    private readonly Option<string> _output = new("--output",
        "-o")
    {
        Description = "Where to save the last frame. Default: artifacts/demo.png.",
        HelpName = "FILE",
        DefaultValueFactory = static _ => "artifacts/demo.png"
    };

    public DemoCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command(
            "demo", "See it work: a publisher and a reader as two processes, every frame verified, the last one saved as a picture.")
        {
            _seconds, _width, _height, _fps, _input, _output,
        };
        Command.SetAction(Run);
    }

    public Command Command { get; }

    /// <summary>A file's own size, which decides how much shared memory it needs.</summary>
    private static (int Width, int Height) SizeOf(string input, CancellationToken cancellationToken)
    {
        using FfmpegSource source = new(new FfmpegOptions(input, PixelFormat.Bgr24));
        source.Prepare(cancellationToken);
        return (source.Format.Width, source.Format.Height);
    }

    private int Run(ParseResult line)
    {
        using ShutdownSignal signal = new();
        DemoSettings settings = new(line.GetValue(_width), line.GetValue(_height), line.GetValue(_fps),
            CommonOptions.Time(line.GetValue(_seconds) ?? DefaultSeconds), line.GetValue(_output)!)
        {
            Input = line.GetValue(_input),
        };
        if (settings.Input is string input)
            settings = settings.WithSize(SizeOf(input, signal.Token));
        using DemoSession session = new(_terminal, settings.FitTo(PublisherPlatform.Current.FreeSharedMemory, _terminal));
        return session.Run(signal.Token);
    }
}
