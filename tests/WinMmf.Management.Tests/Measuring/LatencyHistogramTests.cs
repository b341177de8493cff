using System;
using System.Linq;
using WinMmf.Management.Measuring;
using WinMmf.Tests;
using Xunit;

namespace WinMmf.Management.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_near_the_true_ones()
    {
        LatencyHistogram histogram = new();
        Random random = new(7);
        long[] times = [.. Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 20))];
        foreach (long time in times)
            histogram.Add(time);
        Array.Sort(times);
        foreach (double share in new[] { 0.1, 0.5, 0.99 })
        {
            double exact = times[(int)Math.Ceiling(share * times.Length) - 1] / 1e6;
            Assert.InRange(histogram.Milliseconds(share), exact * 0.95, exact * 1.05);
        }
    }

    [Fact]
    public void Extremes_fit()
    {
        LatencyHistogram histogram = new();
        Assert.Equal(0, histogram.Milliseconds(0.5));
        histogram.Add(-5);
        Assert.Equal(0, histogram.Milliseconds(0.5));
        histogram.Add(long.MaxValue);
        Assert.True(histogram.Milliseconds(1) > 1e12);
    }

    [SkippableFact]
    public void Counting_allocates_nothing()
    {
        LatencyHistogram histogram = new();
        histogram.Add(1);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 1000; i++)
                histogram.Add(i * 1000);
        });
    }
}
