using System.Globalization;

namespace WinMmf.Benchmarks.Running;

/// <summary>A median, its 95 % interval, and from how many values.</summary>
internal readonly record struct Estimate(double Median, double Low, double High, int Count)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:G3} ({Low:G3}–{High:G3})");

    /// <summary>Median and interval multiplied, for another unit.</summary>
    public Estimate Times(double factor) => new(Median * factor, Low * factor, High * factor, Count);
}
