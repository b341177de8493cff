namespace WinMmf.Frames;

/// <summary>One reader's counters, in its own memory.</summary>
public readonly struct ReaderCounters
{
    internal ReaderCounters(long read, long skipped, long retries, long restarts, long overwritten)
    {
        Read = read;
        Skipped = skipped;
        Retries = retries;
        Restarts = restarts;
        Overwritten = overwritten;
    }

    /// <summary>Frames read.</summary>
    public long Read { get; }

    /// <summary>Frames between two that were read and that this reader did not get.</summary>
    public long Skipped { get; }

    /// <summary>Copies thrown away because the publisher was overwriting the slot.</summary>
    public long Retries { get; }

    /// <summary>How often a new publisher took over the channel.</summary>
    public long Restarts { get; }

    /// <summary>
    /// Leases whose frame did not stay intact to their end: a publisher that took over had no memory for new pixels, or a row was false.
    /// </summary>
    public long Overwritten { get; }
}
