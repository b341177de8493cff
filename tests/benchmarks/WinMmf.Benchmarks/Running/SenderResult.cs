namespace WinMmf.Benchmarks.Running;

/// <summary>What a publisher measured in one block. Times are nanoseconds.</summary>
internal sealed record SenderResult
{
    public long Frames { get; init; }

    /// <summary>From the first frame to the last.</summary>
    public long Duration { get; init; }

    public double Mean { get; init; }

    public double P50 { get; init; }

    public double P99 { get; init; }

    /// <summary>Managed bytes allocated by handing over all frames.</summary>
    public long Allocated { get; init; }
}
