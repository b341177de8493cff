using System.Collections.Generic;
using System.Linq;

namespace WinMmf.Benchmarks.Running;

/// <summary>What one block gave.</summary>
internal sealed record BlockOutcome(SenderResult Sent, IReadOnlyList<ReceiverResult> Received)
{
    /// <summary>Frames that all readers together got, a second.</summary>
    public double DeliveredPerSecond => Received.Sum(static r => r.Frames) * 1e9 / Sent.Duration;

    /// <summary>The same by the readers' own clocks, for blocks in which they run for longer than the publisher.</summary>
    public double ReadPerSecond => Received.Sum(static r => r.Frames * 1e9 / r.Duration);

    public double PublishedPerSecond => Sent.Frames * 1e9 / Sent.Duration;

    /// <summary>Median over the readers of their medians.</summary>
    public double SentToInHand => Statistics.Median(Received.Select(static r => r.SentP50));

    public double PublishedToInHand => Statistics.Median(Received.Select(static r => r.PublishedP50));

    public long Torn => Received.Sum(static r => r.Torn);
}
