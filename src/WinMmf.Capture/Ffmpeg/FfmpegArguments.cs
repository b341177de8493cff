using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Secrets;

namespace WinMmf.Capture;

/// <summary>The command lines of ffmpeg and ffprobe.</summary>
internal sealed class FfmpegArguments
{
    /// <summary>Input formats that are asked for size and rate by options of their own, instead of being scaled afterwards.</summary>
    private static readonly HashSet<string> Cameras = new(StringComparer.Ordinal)
    {
        "v4l2", "video4linux2", "dshow", "avfoundation", "android_camera", "gdigrab", "x11grab", "rawvideo",
    };

    /// <summary>The input format of ffmpeg's generated pictures, which have no speed of their own.</summary>
    private const string Generated = "lavfi";

    private readonly FfmpegOptions _options;
    private readonly FfmpegInputOptions _input;
    private readonly bool _isScript;

    /// <summary>Makes command lines for an input.</summary>
    /// <exception cref="WinMmfException">
    /// InvalidArgument: an option that is none, or that ffmpeg cannot be given without showing it.
    /// </exception>
    public FfmpegArguments(FfmpegOptions options)
    {
        _options = options;
        _input = new FfmpegInputOptions(options.InputOptions);
        string? secret = SecretOption();
        _isScript = Input.Kind == FfmpegInputKind.Stream
            ? Input.Format is null || secret is not null || Redactor.Hide(Input.Argument) != Input.Argument
            : secret is not null;
        if (_isScript && Input.Kind != FfmpegInputKind.Stream && Input.Format is not null)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                $"With an input format ffmpeg takes the input option '{secret}' only as an argument, which every account of this machine "
                    + "can read. Leave the input format out; ffmpeg finds it out by itself.");
        }
    }

    /// <summary>True if the format that was named cannot be forced, because the input holds a secret.</summary>
    public bool IsFormatLeftOut => _isScript && Input.Format is not null;

    /// <summary>Frames a second that the options give to the input; null: its own.</summary>
    public double? InputRate => _input.Rate;

    /// <summary>Degrees that the options turn the input by; null: its own.</summary>
    public double? InputRotation => _input.Rotation;

    private FfmpegInput Input => _options.Input;

    private bool IsCamera => Input.Format is string format && Cameras.Contains(format);

    private bool IsPassedThrough => _options.PixelFormat == PixelFormat.Mjpg;

    /// <summary>Asks ffprobe for size, rate and codec.</summary>
    public FfmpegCommand Probe()
    {
        // Warnings tell of options that nothing understood.
        List<string> list = ["-v", "warning"];
        AddInput(list, isProbe: true);
        list.AddRange(
        [
            "-select_streams", "V:0",
            "-show_entries", "stream=width,height,codec_name,avg_frame_rate,r_frame_rate,color_transfer,color_primaries,color_space"
                + ":stream_side_data=rotation:stream_tags=rotate",
            "-of", "json", _isScript ? InputScript.Argument : Input.Argument,
        ]);
        return new FfmpegCommand(list, Script());
    }

    /// <summary>Lets ffmpeg write frames to its standard output.</summary>
    /// <param name="format">What is wanted.</param>
    /// <param name="convertedRate">The constant rate to convert to; null: as the input has it.</param>
    /// <param name="passRate">The option by which this version of ffmpeg passes every frame on once.</param>
    /// <param name="toneMapping">Filters for a high dynamic range; null: it has none.</param>
    public FfmpegCommand Decode(in FrameFormat format, double? convertedRate, string[] passRate, string? toneMapping = null)
    {
        List<string> list = ["-hide_banner", "-nostats", "-loglevel", "error"];
        if (_options.Pace ?? (!Input.IsLive || Input.Format == Generated))
            list.Add("-re");
        if (_options.Loop)
            list.AddRange(["-stream_loop", "-1"]);
        AddInput(list, isProbe: false);
        list.AddRange(["-i", _isScript ? InputScript.Argument : Input.Argument, "-map", "0:V:0"]);
        if (IsPassedThrough)
        {
            list.AddRange(["-c:v", "copy", "-f", "mjpeg", "-"]);
            return new FfmpegCommand(list, Script());
        }

        // The scaler is always named, so the output keeps its size if the picture's size changes within the input.
        string scale = string.Create(CultureInfo.InvariantCulture, $"scale={format.Width}:{format.Height}");
        list.AddRange(["-vf", toneMapping is null ? scale : $"{scale},{toneMapping}"]);
        if (convertedRate is double rate)
            list.AddRange(["-r", Text(rate)]);
        else if (Input.IsLive)
            list.AddRange(passRate);

        // Direct: a frame goes to the pipe in one piece instead of through a small buffer.
        list.AddRange(["-avioflags", "direct", "-f", "rawvideo", "-pix_fmt", Name(format.PixelFormat), "-"]);
        return new FfmpegCommand(list, Script());
    }

    private static string Name(PixelFormat format) => format switch
    {
        PixelFormat.Bgr24 => "bgr24",
        PixelFormat.Bgra32 => "bgra",
        PixelFormat.Gray8 => "gray",
        PixelFormat.Yuy2 => "yuyv422",
        PixelFormat.Nv12 => "nv12",
        PixelFormat.I420 => "yuv420p",
        _ => throw new WinMmfException(WinMmfErrorId.InvalidFormat, $"ffmpeg output as {format} is not possible."),
    };

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>The first option of the demuxer that may hold a secret.</summary>
    private string? SecretOption()
    {
        foreach (KeyValuePair<string, string> option in _input.Demuxer)
        {
            if (Redactor.IsSecretName(option.Key) || Redactor.Hide(option.Value) != option.Value)
                return option.Key;
        }

        return null;
    }

    private string? Script() => _isScript ? InputScript.Make(Input.Argument, _input.Demuxer) : null;

    private void AddInput(List<string> list, bool isProbe)
    {
        if (!isProbe)
            list.AddRange(_input.ProgramArguments);
        if (_isScript)
        {
            list.AddRange(InputScript.Arguments(Input.FilePath is not null));
            list.AddRange(_input.DecoderArguments);
            return;
        }

        if (Input.Format is string format)
            list.AddRange(["-f", format]);
        if (IsCamera)
        {
            if (_options is { Width: int width, Height: int height })
                list.AddRange(["-video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}")]);
            if (_options.FrameRate is double rate)
                list.AddRange(["-framerate", Text(rate)]);
            if (IsPassedThrough || _options.AsksForJpeg)
                list.AddRange(Input.Format == "dshow"
                    ? ["-vcodec", "mjpeg"]
                    : Input.Format is "v4l2" or "video4linux2" ? ["-input_format", "mjpeg"] : []);
            if (isProbe)
                list.AddRange(_input.RawArguments);
        }

        list.AddRange(_input.DecoderArguments);
        list.AddRange(_input.DemuxerArguments);
    }
}
