using System;
using System.Collections.Generic;
using System.Linq;

namespace WinMmf.Benchmarks.Running;

/// <summary>Medians and their confidence intervals.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            return double.NaN;
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// <summary>
    /// The median with the interval between two order statistics that holds the true median with 95 % or more, whatever the
    /// distribution (normal approximation of the binomial; with fewer than 10 values the interval is all of them).
    /// </summary>
    public static Estimate MedianWithInterval(IEnumerable<double> values)
    {
        double[] sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            return new Estimate(double.NaN, double.NaN, double.NaN, 0);
        int lower = (int)Math.Floor((sorted.Length / 2.0) - (0.98 * Math.Sqrt(sorted.Length)) - 0.5);
        if (sorted.Length < 10)
            lower = 0;
        lower = Math.Clamp(lower, 0, sorted.Length - 1);
        return new Estimate(Median(sorted), sorted[lower], sorted[sorted.Length - 1 - lower], sorted.Length);
    }
}
