using System;

namespace WinMmf.Management.Measuring;

/// <summary>
/// Counts times in buckets that grow with the time, so that any percentile is within 4 %. Allocates nothing while counting.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Sub = 1 << SubBits;
    private readonly long[] _counts = new long[64 * Sub];
    private long _total;

    /// <summary>Counts one time; a negative one (another clock) counts as 0.</summary>
    /// <param name="nanoseconds">The time.</param>
    public void Add(long nanoseconds)
    {
        _counts[Bucket((ulong)Math.Max(0, nanoseconds))]++;
        _total++;
    }

    /// <summary>The time below which this share of all times is, milliseconds; 0 if there is none.</summary>
    /// <param name="share">0 to 1.</param>
    public double Milliseconds(double share)
    {
        long wanted = (long)Math.Ceiling(share * _total);
        long seen = 0;
        for (int i = 0; i < _counts.Length && _total > 0; i++)
        {
            seen += _counts[i];
            if (seen >= Math.Max(1, wanted))
                return Middle(i) / 1e6;
        }

        return 0;
    }

    private static int Bucket(ulong value)
    {
        if (value < Sub)
            return (int)value;
        int shift = Log2(value) - SubBits;
        return ((shift + 1) * Sub) + (int)((value >> shift) & (Sub - 1));
    }

    private static int Log2(ulong value)
    {
        int log = 0;
        for (int step = 32; step > 0; step >>= 1)
        {
            if (value >> step == 0)
                continue;
            value >>= step;
            log += step;
        }

        return log;
    }

    private static double Middle(int bucket)
    {
        if (bucket < Sub)
            return bucket;
        int shift = (bucket / Sub) - 1;
        return (Sub + (bucket % Sub) + 0.5) * Math.Pow(2, shift);
    }
}
