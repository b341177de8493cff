using System.Globalization;

namespace WinMmf.Benchmarks.Running;

/// <summary>A median, its 95 % interval, and from how many values.</summary>
internal readonly record struct Estimate(double Median, double Low, double High, int Count)
{
    public override string ToString() => $"{Text(Median)} ({Text(Low)}–{Text(High)})";

    private static string Text(double value) => value.ToString(value >= 1000 ? "N0" : "G3", CultureInfo.InvariantCulture);
}
