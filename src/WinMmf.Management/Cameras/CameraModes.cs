using System;
using System.Collections.Generic;
using System.Linq;

namespace WinMmf.Management.Cameras;

/// <summary>Which of its layouts of pixels a camera should be asked for.</summary>
internal static class CameraModes
{
    private const string Jpeg = "MJPG";

    // What looks fluent. Raw pictures cost less to decode, so they are taken where they come so fast.
    private const double FluentRate = 25;
    private const double Tolerance = 0.01;

    /// <summary>
    /// True if a camera gives a size fast enough as JPEG pictures only: over USB 2 raw pictures of 1280 x 720 come 10 times a second.
    /// </summary>
    /// <param name="formats">What it can give; empty where the system does not say.</param>
    /// <param name="width">The width that is asked for.</param>
    /// <param name="height">The height that is asked for.</param>
    /// <param name="rate">The rate that is asked for; null: a fluent one.</param>
    public static bool NeedsJpeg(IReadOnlyList<CameraFormat> formats, int width, int height, double? rate)
    {
        CameraFormat[] ofSize = [.. formats.Where(format => format.Width == width && format.Height == height)];
        double? jpeg = Fastest(ofSize.Where(static format => format.PixelFormat == Jpeg));
        double? raw = Fastest(ofSize.Where(static format => format.PixelFormat != Jpeg));
        double wanted = (rate ?? FluentRate) * (1 - Tolerance);
        return jpeg is not null && (raw is null || (raw < wanted && jpeg > raw));
    }

    private static double? Fastest(IEnumerable<CameraFormat> formats) =>
        formats.Select(static format => (double?)format.FrameRates.FirstOrDefault()).Max();
}
