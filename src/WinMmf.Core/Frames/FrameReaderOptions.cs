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
    /// Take a row in the registry if it may be written: needed for leases, and on Windows for being woken. Without
    /// one the reader writes nothing to shared memory, copies, and on Windows waits by time.
    /// </summary>
    public bool UseRegistry { get; set; } = true;

    /// <summary>Who reads, for people that look at the registry: at most 24 UTF-8 bytes, the rest is cut.</summary>
    public string Label { get; set; } = "";

    /// <summary>How long a reader in order looks again at slots that are odd before it accepts a gap (protocol 5.3).</summary>
    internal TimeSpan LookAgain { get; set; } = TimeSpan.FromMilliseconds(3);
}
