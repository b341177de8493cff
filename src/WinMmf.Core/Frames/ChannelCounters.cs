namespace WinMmf.Frames;

/// <summary>The publisher's counters, over the channel's whole life.</summary>
public readonly struct ChannelCounters
{
    internal ChannelCounters(
        long published, long dropped, long leasedSlotsPassed, long leasesIgnored, long wakeUps, long sourceRestarts, long rowsCleared,
        long framesClosedToLeases, long rowsGiven, long rowsRefused, long moves, long pixelsReused)
    {
        Published = published;
        Dropped = dropped;
        LeasedSlotsPassed = leasedSlotsPassed;
        LeasesIgnored = leasesIgnored;
        WakeUps = wakeUps;
        SourceRestarts = sourceRestarts;
        RowsCleared = rowsCleared;
        FramesClosedToLeases = framesClosedToLeases;
        RowsGiven = rowsGiven;
        RowsRefused = rowsRefused;
        Moves = moves;
        PixelsReused = pixelsReused;
    }

    /// <summary>Frames published.</summary>
    public long Published { get; }

    /// <summary>Frames dropped because no slot was free. Always 0 in version 1 of the protocol, which has one for each frame.</summary>
    public long Dropped { get; }

    /// <summary>Times that a slot was passed over because a reader leased it.</summary>
    public long LeasedSlotsPassed { get; }

    /// <summary>Leases that no reader can have taken by the rules, and that were not honoured: a row is false.</summary>
    public long LeasesIgnored { get; }

    /// <summary>Readers woken.</summary>
    public long WakeUps { get; }

    /// <summary>Restarts of the source.</summary>
    public long SourceRestarts { get; }

    /// <summary>Rows given back because their reader ended.</summary>
    public long RowsCleared { get; }

    /// <summary>Frames that could only be copied, because as many others were leased as may be.</summary>
    public long FramesClosedToLeases { get; }

    /// <summary>Rows handed out to readers.</summary>
    public long RowsGiven { get; }

    /// <summary>Readers that got no row: they may not read, their account has its quota, or all rows were taken.</summary>
    public long RowsRefused { get; }

    /// <summary>How often the channel's names were removed by another program and it was recreated.</summary>
    public long Moves { get; }

    /// <summary>Takeovers for which memory did not suffice twice, so that leases from before were overwritten.</summary>
    public long PixelsReused { get; }
}
