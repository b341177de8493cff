using System;
using System.Collections.Generic;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>How an input is to be read.</summary>
/// <param name="Input">What ffmpeg opens.</param>
/// <param name="PixelFormat">What to decode to; Mjpg passes the pictures of an MJPEG input through undecoded.</param>
public sealed record FfmpegOptions(FfmpegInput Input, PixelFormat PixelFormat)
{
    /// <summary>A file, an address or (with a format) a device.</summary>
    /// <param name="input">As <see cref="FfmpegInput.Parse"/> takes it.</param>
    /// <param name="pixelFormat">What to decode to.</param>
    public FfmpegOptions(string input, PixelFormat pixelFormat)
        : this(FfmpegInput.Parse(input), pixelFormat)
    {
    }

    /// <summary>Options for the input by name, without the dash, such as <c>rtsp_transport</c> and <c>tcp</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> InputOptions { get; init; } = [];

    /// <summary>
    /// Width in pixels; null: as the input (or in proportion to the height). A camera is asked for it, anything else is scaled.
    /// </summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null: as the input (or in proportion to the width).</summary>
    public int? Height { get; init; }

    /// <summary>Frames a second; null: as the input. A camera is asked for it, anything else is converted.</summary>
    public double? FrameRate { get; init; }

    /// <summary>
    /// True: at the input's own speed; false: as fast as it can be read; null: the former for files, the latter for what is live.
    /// </summary>
    public bool? Pace { get; init; }

    /// <summary>Start a file again each time it ends.</summary>
    public bool Loop { get; init; }

    /// <summary>
    /// The longest silence after the first frame; null: 5 s for what is live, 30 s for files, and never less than three frames.
    /// </summary>
    public TimeSpan? StallTimeout { get; init; }

    /// <summary>The longest time from a start to the first frame.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// True for a camera whose real size and rate are published, whatever was asked for, and the difference is noted; false: the picture is
    /// scaled and repeated to what was asked for.
    /// </summary>
    public bool TakesWhatIsGiven { get; init; }

    /// <summary>True to ask a camera for JPEG pictures, which are decoded unless <see cref="PixelFormat"/> is Mjpg.</summary>
    public bool AsksForJpeg { get; init; }

    /// <summary>Path of ffmpeg; null to search.</summary>
    public string? Program { get; init; }
}
