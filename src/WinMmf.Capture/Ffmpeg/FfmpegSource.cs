using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Launching;
using WinMmf.Management.Secrets;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>
/// A file, an address or a device, read by a child process of ffmpeg. Raw frames go straight from the pipe into the
/// slot. A crash of a decoder ends the child, not the publisher; a child that ends or falls silent is a failure, which
/// what is live recovers from by starting again.
/// </summary>
public sealed class FfmpegSource : FrameSource
{
    private const string Jpeg = "mjpeg";

    private readonly FfmpegOptions _options;
    private readonly FfmpegArguments _arguments;
    private readonly SecretSet _secrets;
    private readonly List<string> _notes = [];
    private FfmpegPrograms? _programs;
    private ChildProgram? _child;
    private SilenceWatch? _output;
    private FrameCutter? _cutter;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _stop;
    private string[] _passRate = [];
    private double _frameRate;
    private double? _convertedRate;
    private string? _toneMapping;
    private long _frames;
    private long _capturedAt;

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="options">Input, format, pace.</param>
    /// <exception cref="WinMmfException">InvalidArgument for a bad rate, option or combination.</exception>
    public FfmpegSource(FfmpegOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _arguments = new FfmpegArguments(options);
        _secrets = SecretSet.Of(options.Input.Argument, options.InputOptions);
        if (options.FrameRate is double rate && (double.IsNaN(rate) || rate is <= 0 or > 1_000_000))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"A frame rate of {rate} per second is impossible. Give more than 0, or leave it out for the input's own.");
        if (options.Loop && options.Input.IsLive)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"'{options.Input.Description}' is live and has no end to loop at. Leave the looping out; a live input is opened again by "
                    + "itself.");
        if (options.PixelFormat == PixelFormat.Mjpg && options.Input.Kind != FfmpegInputKind.Device
            && (options.Width ?? options.Height ?? options.FrameRate) is not null)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "Mjpg passes pictures through as they are, so size and rate cannot be changed. Leave them out, or decode with another "
                    + "pixel format.");
    }

    /// <inheritdoc/>
    public override FrameFormat Format => Cutter.Format;

    /// <inheritdoc/>
    public override double FrameRate => _frameRate;

    /// <inheritdoc/>
    public override string Description => _options.Input.Description;

    /// <summary>What is live comes back, and a file that is shown for ever does; a file that is shown once would only fail again.</summary>
    public override bool CanRestart => _options.Input.IsLive || _options.Loop;

    /// <inheritdoc/>
    public override long CapturedAt => _capturedAt;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes => _notes;

    /// <summary>Process id of ffmpeg while it runs; 0 before.</summary>
    internal int ChildProcessId => _child?.ProcessId ?? 0;

    private FrameCutter Cutter => _cutter ?? throw new InvalidOperationException("The source is not prepared.");

    private SilenceWatch Output => _output ?? throw new InvalidOperationException("The source is not started.");

    private ChildProgram Child => _child ?? throw new InvalidOperationException("The source is not started.");

    /// <inheritdoc/>
    public override void Prepare(CancellationToken cancellationToken)
    {
        if (_options.Input.FilePath is string file && !File.Exists(file))
        {
            throw new WinMmfException(
                WinMmfErrorId.FileNotFound,
                Directory.Exists(file) ? $"'{file}' is a folder and no video file." : $"The file '{file}' does not exist.",
                new ErrorFacts { Path = file });
        }

        _programs = FfmpegPrograms.Find(_options.Program);

        // With both sides given a camera need not be opened twice.
        VideoProperties? video = _options is
        {
            Width: not null, Height: not null, Input.Kind: FfmpegInputKind.Device, TakesWhatIsGiven: false,
        }
            ? null
            : FfmpegProbe.Ask(_programs, _options.Input, _arguments, _secrets, cancellationToken);
        if (video is not null && _arguments.InputRotation is double rotation)
            video = video.Turned(rotation);
        _notes.Clear();
        (int width, int height) = Scale(video);
        _cutter = MakeCutter(width, height, video);
        _toneMapping = video is { DynamicRange: not null } && _options.PixelFormat != PixelFormat.Mjpg
            ? MapTones(video, cancellationToken)
            : null;
        _convertedRate = _options.TakesWhatIsGiven ? null : _options.FrameRate
            ?? (video is { IsRateUneven: true } && !_options.Input.IsLive ? video.FrameRate : null);
        _frameRate = _convertedRate ?? _arguments.InputRate ?? video?.FrameRate ?? 0;
        if (_options.Input.IsLive && _convertedRate is null && _options.PixelFormat != PixelFormat.Mjpg)
            _passRate = FfmpegVersion.PassRate(_programs, cancellationToken);
    }

    /// <inheritdoc/>
    public override void Start(CancellationToken cancellationToken)
    {
        if (_programs is null)
            throw new InvalidOperationException("The source is not prepared.");
        StopChild();
        Cutter.Reset();
        _cancellation = cancellationToken;
        _frames = 0;
        _child = ChildProgram.Start(_programs.Ffmpeg, _arguments.Decode(Format, _convertedRate, _passRate, _toneMapping));
        _output = new SilenceWatch(_child, _options.StartLimit, SilenceLimit.For(_options.StallTimeout, _options.Input.IsLive, _frameRate));
        _stop = cancellationToken.Register(_child.RequestStop);
    }

    /// <inheritdoc/>
    public override bool WaitNext()
    {
        if (_cancellation.IsCancellationRequested || !Cutter.WaitNext(Output))
        {
            Ended();
            return false;
        }

        _capturedAt = MonotonicClock.Now;
        return true;
    }

    /// <inheritdoc/>
    public override int Fill(in FrameSlot slot)
    {
        Span<byte> payload = slot.Span;
        return IsWhole(Cutter.Fill(Output, payload)) ? payload.Length : 0;
    }

    /// <inheritdoc/>
    public override void Skip() => IsWhole(Cutter.Skip(Output));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        StopChild();
        base.Dispose(disposing);
    }

    private static int Even(double pixels) => (int)Math.Clamp(2 * Math.Round(pixels / 2), 2, FrameFormat.MaxDimension - 1);

    private void StopChild()
    {
        _stop.Dispose();
        _output?.Dispose();
        _child?.Dispose();
        _output = null;
        _child = null;
    }

    private (int Width, int Height) Scale(VideoProperties? video) => (_options.Width, _options.Height, video) switch
    {
        (_, _, not null) when _options.TakesWhatIsGiven => Accept(video),
        (int w, int h, _) => (w, h),
        (int w, null, not null) => (w, Even((double)w * video.Height / video.Width)),
        (null, int h, not null) => (Even((double)h * video.Width / video.Height), h),
        (_, _, not null) => (video.Width, video.Height),
        _ => throw new InvalidOperationException("Neither sizes nor a probe."),
    };

    /// <summary>The filters for a high dynamic range; null, and a note, where this ffmpeg has none.</summary>
    private string? MapTones(VideoProperties video, CancellationToken cancellationToken)
    {
        if (ToneMapping.IsAvailable(_programs!, cancellationToken))
            return ToneMapping.Filters(video);
        _notes.Add($"'{Description}' has a high dynamic range ({video.DynamicRange}), and this ffmpeg cannot map it to that of a frame: "
            + "its colours are too pale and its brightness is wrong. Use an ffmpeg with the filters zscale and tonemap.");
        return null;
    }

    /// <summary>Takes what a camera gives and notes where it is not what was asked for.</summary>
    private (int Width, int Height) Accept(VideoProperties video)
    {
        DeviceDifference.Note(
            _notes, Description, (_options.Width, _options.Height, _options.FrameRate), (video.Width, video.Height, video.FrameRate));
        return (video.Width, video.Height);
    }

    private FrameCutter MakeCutter(int width, int height, VideoProperties? video)
    {
        if (_options.PixelFormat != PixelFormat.Mjpg)
            return new RawCutter(FrameFormat.Packed(width, height, _options.PixelFormat));
        if (video is not null && video.Codec != Jpeg)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                $"'{Description}' is {video.Codec}, and Mjpg only passes MJPEG through. Decode it with Bgr24 or another uncompressed "
                    + "pixel format.");

        // Two bytes a pixel is far more than a camera's JPEG needs; should one need more, the channel grows.
        return new JpegCutter(FrameFormat.Jpeg(width, height, (int)Math.Clamp(2L * width * height, 1 << 16, 1 << 28)));
    }

    private bool IsWhole(bool isWhole)
    {
        if (isWhole)
            _frames++;
        else
            Ended();
        return isWhole;
    }

    /// <summary>Tells a clean end from a failure.</summary>
    private void Ended()
    {
        if (_cancellation.IsCancellationRequested)
            return;
        int exitCode = Child.WaitForExit();
        if (exitCode == 0 && !Output.WasSilent && !Cutter.IsCutShort && _frames > 0 && !CanRestart)
            return;

        // Ctrl+C in a terminal reaches ffmpeg as well, maybe before us.
        if (_cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(250)))
            return;
        string words = _secrets.Hide(Child.LastErrors());
        FfmpegFault? fault = _frames == 0 && !Output.WasSilent ? FfmpegFault.Find(words) : null;
        if (fault is not null)
            throw fault.ToException(Description, exitCode);
        string why = FfmpegFault.Tidy(words);
        throw FfmpegFault.Failure(
            WinMmfErrorId.PublisherFailed,
            $"'{Description}' cannot be shown any further: {What(exitCode)}{(why.Length > 0 ? $": {why}" : "")}. {Remedy()}",
            exitCode);
    }

    private string What(int exitCode)
    {
        if (Output.WasSilent)
            return string.Create(CultureInfo.InvariantCulture,
                $"ffmpeg was silent for {Output.Limit.TotalSeconds:0.###} s after {_frames} frames and was killed");
        if (Cutter.IsCutShort)
            return $"ffmpeg ended (exit code {exitCode}) within a frame, after {_frames} whole ones";
        if (exitCode != 0)
            return $"ffmpeg ended with exit code {exitCode} after {_frames} frames";
        return _frames == 0 ? "ffmpeg ended without a single frame" : $"ffmpeg ended after {_frames} frames (exit code 0) although the "
            + "input has no end";
    }

    private string Remedy() => _options.Input.Kind switch
    {
        FfmpegInputKind.File => "Check the file with: ffmpeg -i FILE -f null -",
        FfmpegInputKind.Stream => "Check the address, the network and the sender.",
        _ => "Check that the device is plugged in and that no other program uses it.",
    };
}
