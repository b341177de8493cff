using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Management.Secrets;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>
/// A file, numbered pictures, an address or a device, read by OpenCV in a process of its own, which writes the frames straight into
/// the slots
/// (design P1, P3). A crash or a hang of a capture library costs a gap and a counted restart. The process is known to be dead before a slot
/// that it was told to fill is used again.
/// </summary>
public sealed class OpenCvSource : FrameSource
{
    private const double SequenceRate = 25;

    private readonly SharedName _channel;
    private readonly OpenCvOptions _options;
    private readonly OpenCvInput _input;
    private readonly SecretSet _secrets;
    private readonly List<string> _notes = [];
    private OpenCvProgram? _program;
    private ChildProgram? _child;
    private SilenceWatch? _watch;
    private OpenCvLink? _link;
    private FrameClock? _clock;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _stop;
    private FrameFormat _format;
    private double _frameRate;
    private bool _isFresh;
    private long _frames;
    private long _capturedAt;

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="channel">The channel whose slots are filled.</param>
    /// <param name="options">Input, format, pace.</param>
    /// <exception cref="WinMmfException">InvalidArgument or InvalidFormat for what OpenCV cannot do.</exception>
    public OpenCvSource(SharedName channel, OpenCvOptions options)
    {
        _channel = channel;
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _input = OpenCvInput.Parse(options.Input, options.InputFormat);
        _secrets = SecretSet.Of(options.Input, []);
        if (options.PixelFormat is not (PixelFormat.Bgr24 or PixelFormat.Bgra32 or PixelFormat.Gray8))
            throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                $"OpenCV gives Bgr24, Bgra32 or Gray8, and not {options.PixelFormat}. Choose one of these, or let ffmpeg open the input.");
        if (options.FrameRate is double rate && (double.IsNaN(rate) || rate is <= 0 or > 1_000_000))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"A frame rate of {rate} per second is impossible. Give more than 0, or leave it out for the input's own.");
        if (options.FrameRate is not null && (_input.Kind is OpenCvInputKind.File or OpenCvInputKind.Stream))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "OpenCV does not convert the rate of a file or a stream. Leave the frame rate out, or let ffmpeg open the input.");
        if (options.Loop && _input.IsLive)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"'{_input.Description}' is live and has no end to loop at. Leave the looping out; "
                    + "a live input is opened again by itself.");
    }

    /// <inheritdoc/>
    public override FrameFormat Format => _format;

    /// <inheritdoc/>
    public override double FrameRate => _frameRate;

    /// <inheritdoc/>
    public override string Description => _options.Label ?? _input.Description;

    /// <summary>What is live comes back, and a file that is shown for ever does; a file that is shown once would only fail again.</summary>
    public override bool CanRestart => _input.IsLive || _options.Loop;

    /// <inheritdoc/>
    public override long CapturedAt => _capturedAt;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes => _notes;

    /// <summary>Which part of OpenCV opened the input, such as FFMPEG or V4L2; empty before.</summary>
    public string Backend { get; private set; } = "";

    /// <summary>Process id of the OpenCV process while it runs; 0 before.</summary>
    internal int ChildProcessId => _child?.ProcessId ?? 0;

    private bool IsPaced => _options.Pace ?? !_input.IsLive;

    private OpenCvLink Link => _link ?? throw new InvalidOperationException("The source is not started.");

    /// <inheritdoc/>
    public override void Prepare(CancellationToken cancellationToken)
    {
        _input.RequireFile();
        _program = _options.Program ?? OpenCvProgram.Find();
        StartChild(cancellationToken);
        try
        {
            Open();
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            bool wasCancelled = cancellationToken.IsCancellationRequested;
            StopChild();
            if (wasCancelled)
                throw new OperationCanceledException(cancellationToken);
            throw;
        }

        // A camera is opened once: the first start goes on with this process.
        _isFresh = true;
    }

    /// <inheritdoc/>
    public override void Start(CancellationToken cancellationToken)
    {
        if (_program is null)
            throw new InvalidOperationException("The source is not prepared.");
        if (!_isFresh)
        {
            StopChild();
            _frames = 0;
            StartChild(cancellationToken);
            Open();
        }
        else
        {
            _stop.Dispose();
            _cancellation = cancellationToken;
            _stop = cancellationToken.Register(_child!.RequestStop);
        }

        _isFresh = false;
        _clock?.Dispose();
        _clock = IsPaced && _frameRate > 0 ? new FrameClock(_frameRate) : null;
    }

    /// <inheritdoc/>
    public override bool WaitNext()
    {
        if (_cancellation.IsCancellationRequested || _clock?.WaitNext(_cancellation) == false)
            return false;
        if (!Expect(OpenCvMessageKind.Grabbed))
            return false;

        // A file's picture is as old as its showing.
        _capturedAt = _clock is null ? Link.A : MonotonicClock.Now;
        return true;
    }

    /// <inheritdoc/>
    public override int Fill(in FrameSlot slot)
    {
        FrameFormat format = slot.Format;
        if (!Tell(OpenCvMessageKind.Fill, slot.Generation, slot.Index, format.Width, format.Height))
            return 0;
        if (!Expect(OpenCvMessageKind.Filled))
            return 0;
        if (Link.Kind == OpenCvMessageKind.Resized)
        {
            _format = FrameFormat.Packed(Link.C, Link.D, _options.PixelFormat);
            return FormatChanged;
        }

        _frames++;
        return format.PayloadLength;
    }

    /// <inheritdoc/>
    public override void Skip() => Tell(OpenCvMessageKind.Skip);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        StopChild();
        _clock?.Dispose();
        _clock = null;
        base.Dispose(disposing);
    }

    private void StartChild(CancellationToken cancellationToken)
    {
        // Media Foundation otherwise takes up to 20 s to open a camera. It must be set before the library loads.
        Environment.SetEnvironmentVariable("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0");
        string[] arguments = [.. _program!.FirstArguments, "--name", _channel.Name, "--scope", _channel.Scope.ToString()];
        _cancellation = cancellationToken;
        _child = ChildProgram.Start(_program.FileName, new FfmpegCommand(arguments, null));
        _watch = new SilenceWatch(_child, _options.StartLimit, SilenceLimit.For(_options.StallTimeout, _input.IsLive, _frameRate));
        _link = new OpenCvLink(_watch.Read, _child.Input);
        _stop = cancellationToken.Register(_child.RequestStop);
    }

    private void StopChild()
    {
        _stop.Dispose();
        _watch?.Dispose();
        _child?.Dispose();
        _watch = null;
        _child = null;
        _link = null;
        _isFresh = false;
    }

    private void Open()
    {
        OpenCvRequest request = new(_input.Kind, _input.Argument, _input.Format, _options.PixelFormat, _options.Width ?? 0,
            _options.Height ?? 0, _options.FrameRate ?? 0, _options.Loop);
        if (!Tell(OpenCvMessageKind.Open, text: request.ToString()) || !Expect(OpenCvMessageKind.Opened))
            throw new OperationCanceledException(_cancellation);
        OpenCvReply reply;
        try
        {
            reply = OpenCvReply.Parse(Link.Text);
        }
        catch (InvalidDataException e)
        {
            throw new WinMmfException(WinMmfErrorId.PublisherFailed,
                $"'{Description}' cannot be shown: the answer of its OpenCV process makes no sense. Use the same WinMmf release for both.",
                0, e);
        }

        _format = FrameFormat.Packed(reply.Width, reply.Height, _options.PixelFormat);
        _frameRate = _input.Kind == OpenCvInputKind.Sequence ? _options.FrameRate ?? SequenceRate : Plausible(reply.FrameRate);
        Backend = reply.Backend;
        _notes.Clear();
        if (_input.Kind == OpenCvInputKind.Device)
            DeviceDifference.Note(
                _notes, Description, (_options.Width, _options.Height, _options.FrameRate), (reply.Width, reply.Height, reply.FrameRate));
    }

    private static double Plausible(double rate) => double.IsFinite(rate) && rate is > 0 and <= PublishLimits.MostFrameRate ? rate : 0;

    /// <summary>Sends a message. False: cancelled.</summary>
    private bool Tell(OpenCvMessageKind kind, long a = 0, int b = 0, int c = 0, int d = 0, string text = "")
    {
        try
        {
            Link.Send(kind, a, b, c, d, text);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return Ended();
        }
    }

    /// <summary>Waits for an answer. False: a clean end, or cancelled.</summary>
    private bool Expect(OpenCvMessageKind kind)
    {
        OpenCvMessageKind got = Link.Receive();
        if (got == kind || (got == OpenCvMessageKind.Resized && kind == OpenCvMessageKind.Filled))
            return true;
        if (_cancellation.IsCancellationRequested)
            return false;
        return got switch
        {
            OpenCvMessageKind.None => Ended(),
            OpenCvMessageKind.Ended when !CanRestart && _frames > 0 => false,
            OpenCvMessageKind.Ended => throw Failure($"OpenCV gave no more frames after {_frames}"),
            OpenCvMessageKind.Failed => throw Refusal(),
            _ => throw Failure($"its OpenCV process said {got} in place of {kind}"),
        };
    }

    private WinMmfException Refusal()
    {
        try
        {
            using MemoryStream bytes = new(Encoding.UTF8.GetBytes(Link.Text));
            if (ControlMessage.Read(bytes) is ControlMessage message
                && FailureMessage.TryRead(message, _secrets.Hide) is WinMmfException told)
                return told;
        }
        catch (InvalidDataException)
        {
            // Said below.
        }

        return Failure("its OpenCV process failed without a reason");
    }

    /// <summary>The process has ended although it was not told to. False: it was.</summary>
    private bool Ended()
    {
        if (_cancellation.IsCancellationRequested)
            return false;
        SilenceWatch watch = _watch!;
        int exitCode = _child!.WaitForExit();

        // Ctrl+C in a terminal reaches it as well, maybe before us.
        if (_cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(250)))
            return false;
        string why = FfmpegFault.Tidy(_secrets.Hide(_child.LastErrors()));
        string what = watch.WasSilent
            ? string.Create(CultureInfo.InvariantCulture,
                $"its OpenCV process was silent for {watch.Limit.TotalSeconds:0.###} s after {_frames} frames and was killed")
            : $"its OpenCV process ended with exit code {exitCode} after {_frames} frames";
        throw Failure(why.Length > 0 ? $"{what}: {why}" : what, exitCode);
    }

    private WinMmfException Failure(string what, int code = 0) =>
        FfmpegFault.Failure(WinMmfErrorId.PublisherFailed, $"'{Description}' cannot be shown any further: {what}. {Remedy()}", code);

    private string Remedy() => _input.Kind switch
    {
        OpenCvInputKind.Stream => "Check the address, the network and the sender.",
        OpenCvInputKind.Device => "Check that the device is plugged in and that no other program uses it.",
        _ => "Check the file with another player, or let ffmpeg open it.",
    };
}
