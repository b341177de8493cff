using System;

namespace WinMmf.Frames;

/// <summary>How a channel is followed.</summary>
public sealed class FrameStreamOptions
{
    /// <summary>Every frame in order, from the oldest that is still there; otherwise always the newest.</summary>
    public bool InOrder { get; set; }

    /// <summary>
    /// How long to wait for a channel that does not exist yet; zero: fail at once;
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>: no limit.
    /// </summary>
    public TimeSpan WaitForChannel { get; set; }

    /// <summary>In order: begin after this frame instead of with the oldest.</summary>
    internal long After { get; set; }

    /// <summary>A label for the reader, for display: at most 24 UTF-8 bytes, longer text is cut.</summary>
    public string Label { get; set; } = "";

    /// <summary>
    /// The account that the channel must belong to: a name, a SID or a user number; null: any. Names are free for all accounts.
    /// </summary>
    public string? Owner { get; set; }
}
