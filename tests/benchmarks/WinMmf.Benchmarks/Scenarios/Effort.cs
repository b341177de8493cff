using System;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>How much is measured: everything, or just enough to see that it runs.</summary>
internal sealed record Effort(bool IsQuick)
{
    public int Rounds(int full) => IsQuick ? Math.Min(full, 3) : full;

    public int WarmUp => IsQuick ? 1 : 5;

    /// <summary>All values, or the first and the last.</summary>
    public int[] Some(int[] all) => IsQuick ? [all[0], all[^1]] : all;

    public int IdleMilliseconds => IsQuick ? 1000 : 15_000;
}
