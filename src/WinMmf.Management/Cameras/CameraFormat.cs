using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace WinMmf.Management.Cameras;

/// <summary>A size and a layout of pixels that a camera offers.</summary>
internal sealed class CameraFormat
{
    /// <summary>Makes one.</summary>
    /// <param name="pixelFormat">Its FourCC, such as MJPG or YUYV.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="frameRates">Frames a second, the highest first; empty where the system does not say.</param>
    public CameraFormat(string pixelFormat, int width, int height, IReadOnlyList<double> frameRates)
    {
        PixelFormat = pixelFormat;
        Width = width;
        Height = height;
        FrameRates = frameRates;
    }

    /// <summary>Its FourCC, such as MJPG or YUYV.</summary>
    public string PixelFormat { get; }

    /// <summary>Pixels a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Frames a second, the highest first; empty where the system does not say.</summary>
    public IReadOnlyList<double> FrameRates { get; }

    /// <summary>Such as "MJPG 1280x720 @ 30, 15".</summary>
    public override string ToString()
    {
        string rates = string.Join(", ", FrameRates.Select(static rate => rate.ToString("0.##", CultureInfo.InvariantCulture)));
        return FormattableString.Invariant($"{PixelFormat} {Width}x{Height}") + (rates.Length > 0 ? $" @ {rates}" : "");
    }
}
