namespace WinMmf.Frames;

/// <summary>How a channel is, as a reader sees it.</summary>
public enum ChannelState
{
    /// <summary>A publisher has opened the channel and has not published yet.</summary>
    Starting = 0,

    /// <summary>The publisher runs.</summary>
    Live = 1,

    /// <summary>The publisher ended cleanly; the last frames stay readable while a process holds the channel.</summary>
    Stopped = 2,

    /// <summary>The source ended in an error.</summary>
    Failed = 3,

    /// <summary>The publisher's process is alive but shows no sign of life: stopped, swapped out, or overloaded.</summary>
    Stalled = 16,

    /// <summary>The publisher's process ended without saying so.</summary>
    Dead = 17,
}
