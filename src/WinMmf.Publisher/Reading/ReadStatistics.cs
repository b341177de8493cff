using System;
using WinMmf.Management.Measuring;

namespace WinMmf.Publisher.Reading;

/// <summary>A reader's counters so far. Written by the reading thread; the display may see a number that is one frame old.</summary>
internal sealed class ReadStatistics
{
    /// <summary>Frames read.</summary>
    public long Read { get; set; }

    /// <summary>Frames between two that were read.</summary>
    public long Skipped { get; set; }

    /// <summary>Frames whose checksum was wrong, or that changed under a lease.</summary>
    public long Torn { get; set; }

    /// <summary>Frames that came out of order.</summary>
    public long Disordered { get; set; }

    /// <summary>Copies thrown away because the publisher was overwriting the slot.</summary>
    public long Retries { get; set; }

    /// <summary>Frames that should be leased and had to be copied.</summary>
    public long CopiedInstead { get; set; }

    /// <summary>Frames dropped by the publisher, over the channel's life.</summary>
    public long Dropped { get; set; }

    /// <summary>Number of the last frame.</summary>
    public long LastNumber { get; set; }

    /// <summary>The age of the last picture when it was received.</summary>
    public TimeSpan Age { get; set; }

    /// <summary>From publication to the received frame, before verification.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>True if every frame was as it was published, in order.</summary>
    public bool IsGood => Torn == 0 && Disordered == 0;
}
