using System;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>How OpenCV is to read an input.</summary>
/// <param name="Input">A file, a pattern of numbered pictures such as scan_%04d.png, an address, or a device.</param>
/// <param name="PixelFormat">Bgr24, Bgra32 or Gray8.</param>
public sealed record OpenCvOptions(string Input, PixelFormat PixelFormat)
{
    /// <summary>What the input is called in messages; null: as it is written.</summary>
    public string? Label { get; init; }

    /// <summary>How a device is reached: v4l2, dshow or msmf; null for anything else.</summary>
    public string? InputFormat { get; init; }

    /// <summary>
    /// Width in pixels; null: as the input (or in proportion to the height). A camera is asked for it, anything else is scaled.
    /// </summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels, likewise.</summary>
    public int? Height { get; init; }

    /// <summary>Frames a second: a camera is asked for it, numbered pictures are shown so fast; null: as the input.</summary>
    public double? FrameRate { get; init; }

    /// <summary>True: at the input's own speed; false: as fast as it can be read; null: the former for files.</summary>
    public bool? Pace { get; init; }

    /// <summary>Begin a file again each time it ends.</summary>
    public bool Loop { get; init; }

    /// <summary>
    /// The longest silence after the first frame; null: 5 s for what is live, 30 s for files, and never less than three frames.
    /// </summary>
    public TimeSpan? StallTimeout { get; init; }

    /// <summary>The longest time from a start to the first frame. Media Foundation may take 20 s.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The program of the OpenCV process; null to search.</summary>
    public OpenCvProgram? Program { get; init; }
}
