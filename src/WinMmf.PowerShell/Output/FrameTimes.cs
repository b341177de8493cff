using System;
using WinMmf.Diagnostics;
using WinMmf.Frames;

namespace WinMmf.PowerShell;

/// <summary>A frame's times as people read them.</summary>
internal readonly struct FrameTimes
{
    public FrameTimes(in FrameInfo info)
    {
        // Capture times are monotonic. What counts for people is how long ago that was by their clock now.
        long offset = MonotonicClock.UnixOffset;
        CapturedAt = new DateTimeOffset(MonotonicClock.ToUtc(info.CapturedAt + offset));
        PublishedAt = new DateTimeOffset(MonotonicClock.ToUtc(info.PublishedAt + offset));
    }

    public DateTimeOffset CapturedAt { get; }

    public DateTimeOffset PublishedAt { get; }
}
