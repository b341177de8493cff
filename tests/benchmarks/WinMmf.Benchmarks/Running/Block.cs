namespace WinMmf.Benchmarks.Running;

/// <summary>The order for one block, one line of JSON to each process of a contender.</summary>
internal sealed record Block
{
    public required BlockKind Kind { get; init; }

    /// <summary>How long: for all but <see cref="BlockKind.Paced"/>.</summary>
    public int Milliseconds { get; init; }

    /// <summary>How many frames: for <see cref="BlockKind.Paced"/>.</summary>
    public int Frames { get; init; }

    /// <summary>Time from one frame to the next: for <see cref="BlockKind.Paced"/>.</summary>
    public int PeriodMicroseconds { get; init; }

    /// <summary>Readers ask again and again instead of sleeping.</summary>
    public bool Spin { get; init; }

    /// <summary>Readers read each cache line of the frame, as a viewer would.</summary>
    public bool Touch { get; init; }
}
