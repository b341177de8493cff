using System;

namespace WinMmf.Benchmarks.Running;

/// <summary>Times of one block, in memory that is there before the block begins.</summary>
internal sealed class Samples
{
    private readonly long[] _values = new long[1 << 18];
    private int _count;

    public void Clear() => _count = 0;

    /// <summary>What does not fit is left out: a block has fewer.</summary>
    public void Add(long nanoseconds)
    {
        if (_count < _values.Length)
            _values[_count++] = nanoseconds;
    }

    public double Mean()
    {
        double sum = 0;
        for (int i = 0; i < _count; i++)
            sum += _values[i];
        return _count == 0 ? 0 : sum / _count;
    }

    /// <summary>Sorts the values and returns a percentile.</summary>
    public double Percentile(double part)
    {
        if (_count == 0)
            return 0;
        Array.Sort(_values, 0, _count);
        return _values[Math.Min(_count - 1, (int)(part * _count))];
    }
}
