using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using WinMmf.Diagnostics;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>
/// A video file, decoded by a child process of ffmpeg. Its raw output goes straight from the pipe into the slot.
/// A crash of a decoder ends the child, not the publisher.
/// </summary>
public sealed class FfmpegSource : FrameSource
{
    /// <summary>Enough to see that a frame has begun, so that a slot is taken no earlier.</summary>
    private const int HeadBytes = 65_536;

    private readonly FfmpegOptions _options;
    private readonly string _file;
    private FfmpegPrograms? _programs;
    private ChildProgram? _child;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _stop;
    private FrameFormat _format;
    private byte[] _head = [];
    private byte[] _scratch = [];
    private double _frameRate;
    private double? _convertedRate;
    private int _headCount;
    private long _frames;
    private long _capturedAt;

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="options">File, format, pace.</param>
    /// <exception cref="WinMmfException">InvalidFormat for Mjpg, InvalidArgument for a bad rate.</exception>
    public FfmpegSource(FfmpegOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        if (options.PixelFormat == PixelFormat.Mjpg)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, "A file is decoded to uncompressed pictures. Use Bgr24, Bgra32, Gray8, Yuy2, Nv12 or I420 instead of Mjpg.");
        if (options.FrameRate is double rate && (double.IsNaN(rate) || rate is <= 0 or > 1_000_000))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"A frame rate of {rate} per second is impossible. Give more than 0, or leave it out for the file's own.");

        // With its full path and protocol, no name can be taken for an option or for another protocol.
        _file = "file:" + Path.GetFullPath(options.File);
    }

    /// <inheritdoc/>
    public override FrameFormat Format => _format;

    /// <inheritdoc/>
    public override double FrameRate => _frameRate;

    /// <inheritdoc/>
    public override string Description => Path.GetFileName(_options.File);

    /// <inheritdoc/>
    public override long CapturedAt => _capturedAt;

    /// <summary>Process id of ffmpeg while it runs; 0 before.</summary>
    internal int ChildProcessId => _child?.ProcessId ?? 0;

    /// <inheritdoc/>
    public override void Prepare(CancellationToken cancellationToken)
    {
        if (!File.Exists(_options.File))
        {
            throw new WinMmfException(
                WinMmfErrorId.NotFound,
                Directory.Exists(_options.File) ? $"'{_options.File}' is a folder. Name a video file in it." : $"The file '{_options.File}' does not exist. Check the path.");
        }

        _programs = FfmpegPrograms.Find(_options.Program);
        VideoProperties video = FfmpegProbe.Ask(_programs, _file, cancellationToken);
        (int width, int height) = Scale(video);
        _format = FrameFormat.Packed(width, height, _options.PixelFormat);
        _convertedRate = _options.FrameRate ?? (video.IsRateUneven ? video.FrameRate : null);
        _frameRate = _convertedRate ?? video.FrameRate;
        _head = new byte[Math.Min(HeadBytes, _format.PayloadLength)];
    }

    /// <inheritdoc/>
    public override void Start(CancellationToken cancellationToken)
    {
        if (_programs is null)
            throw new InvalidOperationException("The source is not prepared.");
        StopChild();
        _cancellation = cancellationToken;
        _frames = 0;
        _child = ChildProgram.Start(_programs.Ffmpeg, Arguments());
        _stop = cancellationToken.Register(_child.RequestStop);
    }

    /// <inheritdoc/>
    public override bool WaitNext()
    {
        _headCount = _cancellation.IsCancellationRequested ? 0 : Child.Output.Read(_head);
        if (_headCount == 0)
        {
            Ended(missing: 0);
            return false;
        }

        _capturedAt = MonotonicClock.Now;
        return true;
    }

    /// <inheritdoc/>
    public override int Fill(in FrameSlot slot)
    {
        Span<byte> payload = slot.Span;
        _head.AsSpan(0, _headCount).CopyTo(payload);
        return ReadRest(payload) ? payload.Length : 0;
    }

    /// <inheritdoc/>
    public override void Skip()
    {
        if (_scratch.Length < _format.PayloadLength)
            _scratch = new byte[_format.PayloadLength];
        ReadRest(_scratch.AsSpan(0, _format.PayloadLength));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        StopChild();
        base.Dispose(disposing);
    }

    private ChildProgram Child => _child ?? throw new InvalidOperationException("The source is not started.");

    private void StopChild()
    {
        _stop.Dispose();
        _child?.Dispose();
        _child = null;
    }

    private (int Width, int Height) Scale(VideoProperties video) => (_options.Width, _options.Height) switch
    {
        (int w, int h) => (w, h),
        (int w, null) => (w, Even((double)w * video.Height / video.Width)),
        (null, int h) => (Even((double)h * video.Width / video.Height), h),
        _ => (video.Width, video.Height),
    };

    private static int Even(double pixels) => (int)Math.Clamp(2 * Math.Round(pixels / 2), 2, FrameFormat.MaxDimension - 1);

    private List<string> Arguments()
    {
        List<string> list = ["-hide_banner", "-nostats", "-loglevel", "error"];
        if (_options.Pace)
            list.Add("-re");
        if (_options.Loop)
            list.AddRange(["-stream_loop", "-1"]);

        // The scaler is always named: should the picture's size change within the file, the output's does not.
        list.AddRange(["-i", _file, "-map", "0:V:0", "-vf", string.Create(CultureInfo.InvariantCulture, $"scale={_format.Width}:{_format.Height}")]);
        if (_convertedRate is double rate)
            list.AddRange(["-r", rate.ToString("0.######", CultureInfo.InvariantCulture)]);
        list.AddRange(["-f", "rawvideo", "-pix_fmt", FfmpegName(_format.PixelFormat), "-"]);
        return list;
    }

    private static string FfmpegName(PixelFormat format) => format switch
    {
        PixelFormat.Bgr24 => "bgr24",
        PixelFormat.Bgra32 => "bgra",
        PixelFormat.Gray8 => "gray",
        PixelFormat.Yuy2 => "yuyv422",
        PixelFormat.Nv12 => "nv12",
        PixelFormat.I420 => "yuv420p",
        _ => throw new WinMmfException(WinMmfErrorId.InvalidFormat, $"ffmpeg output as {format} is not possible."),
    };

    /// <summary>Reads what is missing after the head. False if cancelled.</summary>
    private bool ReadRest(Span<byte> payload)
    {
        Span<byte> rest = payload[_headCount..];
        while (rest.Length > 0)
        {
            int read = Child.Output.Read(rest);
            if (read == 0)
            {
                Ended(rest.Length);
                return false;
            }

            rest = rest[read..];
        }

        _frames++;
        return true;
    }

    /// <summary>Tells a clean end from a failure.</summary>
    private void Ended(int missing)
    {
        if (_cancellation.IsCancellationRequested)
            return;
        int exitCode = Child.WaitForExit();
        if (exitCode == 0 && missing == 0 && _frames > 0)
            return;

        // Ctrl+C in a terminal reaches ffmpeg as well, maybe before us.
        if (_cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(250)))
            return;
        string what = missing > 0 ? $"ffmpeg ended (exit code {exitCode}) with {missing} bytes of a frame missing"
            : exitCode == 0 ? "ffmpeg ended without a single frame"
            : $"ffmpeg ended with exit code {exitCode} after {_frames} frames";
        string why = Child.LastErrors();
        throw new WinMmfException(
            WinMmfErrorId.PublisherFailed,
            $"'{_options.File}' cannot be shown any further: {what}{(why.Length > 0 ? $": {why}" : "")}. Check the file with: ffmpeg -i FILE -f null -",
            exitCode);
    }
}
