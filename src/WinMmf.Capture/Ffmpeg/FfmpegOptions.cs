using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>How a file is to be decoded.</summary>
/// <param name="File">The file.</param>
/// <param name="PixelFormat">What to decode to; not Mjpg.</param>
public sealed record FfmpegOptions(string File, PixelFormat PixelFormat)
{
    /// <summary>Width in pixels to scale to; null: as the file (or in proportion to the height).</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels to scale to; null: as the file (or in proportion to the width).</summary>
    public int? Height { get; init; }

    /// <summary>Frames a second to convert to; null: as the file.</summary>
    public double? FrameRate { get; init; }

    /// <summary>At the file's own speed; false: as fast as it can be decoded.</summary>
    public bool Pace { get; init; } = true;

    /// <summary>Begin again at the end, for ever.</summary>
    public bool Loop { get; init; }

    /// <summary>Path of ffmpeg; null to search.</summary>
    public string? Program { get; init; }
}
