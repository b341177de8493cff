namespace WinMmf.Benchmarks.Running;

/// <summary>What a reader measured in one block. Times are nanoseconds.</summary>
internal sealed record ReceiverResult
{
    public long Frames { get; init; }

    public long Torn { get; init; }

    /// <summary>From the beginning of handing over, before the publisher's copy, to the frame in hand.</summary>
    public double SentP50 { get; init; }

    public double SentP99 { get; init; }

    /// <summary>
    /// From the moment at which the publisher made the frame readable to the frame in hand; 0 if the transport does not know.
    /// </summary>
    public double PublishedP50 { get; init; }

    /// <summary>Managed bytes allocated by taking all frames.</summary>
    public long Allocated { get; init; }

    /// <summary>Processor time used in the block, by the whole process.</summary>
    public long ProcessorTime { get; init; }

    /// <summary>Length of the block for this reader.</summary>
    public long Duration { get; init; }
}
