namespace WinMmf.Frames;

/// <summary>The publisher's counters, over the channel's whole life.</summary>
public readonly struct ChannelCounters
{
    internal ChannelCounters(long published, long dropped, long leasedSlotsPassed, long leasesIgnored, long wakeUps, long sourceRestarts, long rowsCleared)
    {
        Published = published;
        Dropped = dropped;
        LeasedSlotsPassed = leasedSlotsPassed;
        LeasesIgnored = leasesIgnored;
        WakeUps = wakeUps;
        SourceRestarts = sourceRestarts;
        RowsCleared = rowsCleared;
    }

    /// <summary>Frames published.</summary>
    public long Published { get; }

    /// <summary>Frames dropped because no slot was free. Always 0 in version 1 of the protocol, which has one for each frame.</summary>
    public long Dropped { get; }

    /// <summary>Times that a slot was passed over because a reader leased it.</summary>
    public long LeasedSlotsPassed { get; }

    /// <summary>Times that all slots were said to be leased, so that a lease was not honoured: somebody lies in the registry.</summary>
    public long LeasesIgnored { get; }

    /// <summary>Readers woken.</summary>
    public long WakeUps { get; }

    /// <summary>Restarts of the source.</summary>
    public long SourceRestarts { get; }

    /// <summary>Registry rows of dead readers cleared.</summary>
    public long RowsCleared { get; }
}
