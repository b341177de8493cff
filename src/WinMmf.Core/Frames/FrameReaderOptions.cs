using System;

namespace WinMmf.Frames;

/// <summary>How a reader opens a channel.</summary>
public sealed class FrameReaderOptions
{
    /// <summary>
    /// How long to wait for a channel that does not exist yet; zero: fail at once;
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>: no limit.
    /// </summary>
    public TimeSpan WaitForChannel { get; set; }

    /// <summary>
    /// Ask for a row of one's own: needed for leases, for being woken at once at more than a thousand frames a second, and on Windows for
    /// being woken at all. Without one the reader writes nothing to shared memory and copies.
    /// </summary>
    public bool UseRegistry { get; set; } = true;

    /// <summary>A label for the reader, for display: at most 24 UTF-8 bytes, longer text is cut.</summary>
    public string Label { get; set; } = "";

    /// <summary>
    /// The account that the channel must belong to: a name, a SID or a user number; null: any. Names are free for all accounts.
    /// </summary>
    public string? Owner { get; set; }
}
