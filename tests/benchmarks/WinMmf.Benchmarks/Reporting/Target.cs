using WinMmf.Benchmarks.Running;

namespace WinMmf.Benchmarks.Reporting;

/// <summary>A figure that has a limit.</summary>
internal sealed record Target
{
    public required string What { get; init; }

    public required double Limit { get; init; }

    /// <summary>True if the figure must be at least the limit, false if at most.</summary>
    public bool IsFloor { get; init; }

    public required Estimate Measured { get; init; }

    /// <summary>The figures behind the ratio.</summary>
    public required string Detail { get; init; }

    public bool IsMet => IsFloor ? Measured.Median >= Limit : Measured.Median <= Limit;
}
