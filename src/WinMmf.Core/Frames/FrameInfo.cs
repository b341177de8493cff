using System;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>What is known of one frame besides its pixels.</summary>
public readonly struct FrameInfo
{
    internal FrameInfo(ulong frameNumber, FrameFormat format, long capturedAt, long publishedAt, FrameFlags flags, uint epoch)
    {
        FrameNumber = (long)frameNumber;
        Format = format;
        CapturedAt = capturedAt;
        PublishedAt = publishedAt;
        Flags = flags;
        Epoch = epoch;
    }

    /// <summary>1, 2, 3 … over the channel's whole life; a gap means frames that this reader did not see.</summary>
    public long FrameNumber { get; }

    /// <summary>Size and pixel layout.</summary>
    public FrameFormat Format { get; }

    /// <summary>When the frame was captured: monotonic nanoseconds, see <see cref="MonotonicClock"/>.</summary>
    public long CapturedAt { get; }

    /// <summary>When the frame became readable: monotonic nanoseconds.</summary>
    public long PublishedAt { get; }

    /// <summary>What is special about the frame.</summary>
    public FrameFlags Flags { get; }

    /// <summary>How many publishers the channel had up to this frame.</summary>
    public uint Epoch { get; }

    /// <summary>Time since publication, as of now.</summary>
    public TimeSpan Age => TimeSpan.FromTicks((MonotonicClock.Now - PublishedAt) / 100);
}
