using System;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.PowerShell.Output;

/// <summary>What is known of a frame, whether copied or used in place.</summary>
public abstract class SharedFrameFacts
{
    private protected SharedFrameFacts(SharedName name, in FrameInfo info)
    {
        Name = name.Name;
        Scope = name.Scope;
        FrameNumber = info.FrameNumber;
        Format = info.Format;

        // Capture times are monotonic. Users need the age by their wall clock.
        long offset = MonotonicClock.UnixOffset;
        CapturedAt = new DateTimeOffset(MonotonicClock.ToUtc(info.CapturedAt + offset));
        PublishedAt = new DateTimeOffset(MonotonicClock.ToUtc(info.PublishedAt + offset));
        Age = info.Age;
        Flags = info.Flags;
        Epoch = info.Epoch;
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public NameScope Scope { get; }

    /// <summary>1, 2, 3 … over the channel's whole life.</summary>
    public long FrameNumber { get; }

    /// <summary>Pixels a row.</summary>
    public int Width => Format.Width;

    /// <summary>Rows.</summary>
    public int Height => Format.Height;

    /// <summary>Bytes from one row of the first plane to the next; 0 for compressed frames.</summary>
    public int Stride => Format.Stride;

    /// <summary>The layout of pixels in the data.</summary>
    public PixelFormat PixelFormat => Format.PixelFormat;

    /// <summary>Bytes of the payload.</summary>
    public int Length => Format.PayloadLength;

    /// <summary>When the picture was taken (UTC).</summary>
    public DateTimeOffset CapturedAt { get; }

    /// <summary>When the frame became readable (UTC).</summary>
    public DateTimeOffset PublishedAt { get; }

    /// <summary>Time from publication to this copy or lease.</summary>
    public TimeSpan Age { get; }

    /// <summary>What is special about the frame.</summary>
    public FrameFlags Flags { get; }

    /// <summary>How many publishers the channel had up to this frame.</summary>
    public long Epoch { get; }

    internal FrameFormat Format { get; }
}
