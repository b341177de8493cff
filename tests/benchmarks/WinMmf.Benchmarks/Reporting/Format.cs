using System;
using System.Globalization;
using WinMmf.Benchmarks.Running;

namespace WinMmf.Benchmarks.Reporting;

/// <summary>Figures as text.</summary>
internal static class Format
{
    /// <summary>Nanoseconds as microseconds.</summary>
    public static string Micro(Estimate nanoseconds) => Number(nanoseconds.Median / 1000) + " µs";

    /// <summary>Frames a second.</summary>
    public static string Rate(Estimate perSecond) => perSecond.Median.ToString("N0", CultureInfo.InvariantCulture);

    public static string Limit(Target target) => (target.IsFloor ? "≥ " : "≤ ") + target.Limit.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>Three digits that count.</summary>
    public static string Number(double value) => value switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        _ => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture),
    };
}
