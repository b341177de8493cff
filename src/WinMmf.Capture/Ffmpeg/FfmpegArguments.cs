using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>The command lines of ffmpeg and ffprobe.</summary>
internal sealed class FfmpegArguments
{
    /// <summary>Input formats that are asked for size and rate by options of their own, instead of being scaled afterwards.</summary>
    private static readonly HashSet<string> Cameras = new(StringComparer.Ordinal)
    {
        "v4l2", "video4linux2", "dshow", "avfoundation", "android_camera", "gdigrab", "x11grab", "rawvideo",
    };

    /// <summary>The format of pictures that ffmpeg makes up, as fast as it is let.</summary>
    private const string Generated = "lavfi";

    private readonly FfmpegOptions _options;

    public FfmpegArguments(FfmpegOptions options) => _options = options;

    private FfmpegInput Input => _options.Input;

    private bool IsCamera => Input.Format is string format && Cameras.Contains(format);

    private bool IsPassedThrough => _options.PixelFormat == PixelFormat.Mjpg;

    /// <summary>Asks ffprobe for size, rate and codec.</summary>
    public List<string> Probe()
    {
        List<string> list = ["-v", "error"];
        AddInputOptions(list);
        list.AddRange(
        [
            "-select_streams", "V:0",
            "-show_entries", "stream=width,height,codec_name,avg_frame_rate,r_frame_rate:stream_side_data=rotation:stream_tags=rotate",
            "-of", "json", Input.Argument,
        ]);
        return list;
    }

    /// <summary>Lets ffmpeg write frames to its standard output.</summary>
    /// <param name="format">What is wanted.</param>
    /// <param name="convertedRate">The constant rate to convert to; null: as the input has it.</param>
    /// <param name="passRate">How this ffmpeg is told to pass frames on one by one, neither repeated nor left out.</param>
    public List<string> Decode(in FrameFormat format, double? convertedRate, string[] passRate)
    {
        List<string> list = ["-hide_banner", "-nostats", "-loglevel", "error"];
        if (_options.Pace ?? (!Input.IsLive || Input.Format == Generated))
            list.Add("-re");
        if (_options.Loop)
            list.AddRange(["-stream_loop", "-1"]);
        AddInputOptions(list);
        list.AddRange(["-i", Input.Argument, "-map", "0:V:0"]);
        if (IsPassedThrough)
        {
            list.AddRange(["-c:v", "copy", "-f", "mjpeg", "-"]);
            return list;
        }

        // The scaler is always named: should the picture's size change within the input, the output's does not.
        list.AddRange(["-vf", string.Create(CultureInfo.InvariantCulture, $"scale={format.Width}:{format.Height}")]);
        if (convertedRate is double rate)
            list.AddRange(["-r", Text(rate)]);
        else if (Input.IsLive)
            list.AddRange(passRate);
        // Direct: a frame goes to the pipe in one piece instead of through a small buffer.
        list.AddRange(["-avioflags", "direct", "-f", "rawvideo", "-pix_fmt", Name(format.PixelFormat), "-"]);
        return list;
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

    private void AddInputOptions(List<string> list)
    {
        if (Input.Format is string format)
            list.AddRange(["-f", format]);
        if (IsCamera)
        {
            if (_options is { Width: int width, Height: int height })
                list.AddRange(["-video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}")]);
            if (_options.FrameRate is double rate)
                list.AddRange(["-framerate", Text(rate)]);
            if (IsPassedThrough)
                list.AddRange(Input.Format == "dshow" ? ["-vcodec", "mjpeg"] : Input.Format is "v4l2" or "video4linux2" ? ["-input_format", "mjpeg"] : []);
        }

        foreach (KeyValuePair<string, string> option in _options.InputOptions)
            list.AddRange(["-" + option.Key, option.Value]);
    }
}
