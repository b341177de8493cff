using System;
using System.Collections.Generic;
using System.Globalization;

namespace WinMmf.Capture;

/// <summary>What a device gives in another way than it was asked to.</summary>
internal static class DeviceDifference
{
    private const double Tolerance = 0.01;

    /// <summary>Notes a difference of size and one of rate, each as a sentence.</summary>
    /// <param name="notes">Where they go.</param>
    /// <param name="device">The device's name.</param>
    /// <param name="asked">What it was asked for.</param>
    /// <param name="given">What it gives; a rate of 0 if it does not say.</param>
    public static void Note(
        List<string> notes, string device, (int? Width, int? Height, double? Rate) asked, (int Width, int Height, double Rate) given)
    {
        if ((asked.Width ?? given.Width) != given.Width || (asked.Height ?? given.Height) != given.Height)
            notes.Add($"'{device}' was asked for {Text(asked.Width)}x{Text(asked.Height)} pixels and gives {given.Width}x{given.Height}.");
        if (asked.Rate is double rate && given.Rate > 0 && Math.Abs(given.Rate - rate) > Tolerance * rate)
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"'{device}' was asked for {rate:0.###} frames a second and says that it gives {given.Rate:0.###}."));
    }

    private static string Text(int? pixels) => pixels?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
