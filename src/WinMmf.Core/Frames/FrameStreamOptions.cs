using System;

namespace WinMmf.Frames;

/// <summary>How a channel is followed.</summary>
public sealed class FrameStreamOptions
{
    /// <summary>Every frame in order, from the oldest that is still there; otherwise always the newest.</summary>
    public bool InOrder { get; set; }

    /// <summary>How long to wait for a channel that does not exist yet; zero: fail at once.</summary>
    public TimeSpan WaitForChannel { get; set; }

    /// <summary>Who reads, for people that look at the registry: at most 24 UTF-8 bytes, the rest is cut.</summary>
    public string Label { get; set; } = "";
}
