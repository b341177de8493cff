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
        Scope = name.Scope.ToString();
        Channel = name;
        FrameNumber = info.FrameNumber;
        Layout = info.Format;

        // Capture times are monotonic. Users need the age by their wall clock.
        long offset = MonotonicClock.UnixOffset;
        CapturedAt = LocalTime.Of(MonotonicClock.ToUtc(info.CapturedAt + offset));
        PublishedAt = LocalTime.Of(MonotonicClock.ToUtc(info.PublishedAt + offset));
        AgeSeconds = FrameProperties.Seconds(info.Age);
        Flags = info.Flags.ToString();
        Epoch = info.Epoch;
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; }

    /// <summary>1, 2, 3 … over the channel's whole life.</summary>
    public long FrameNumber { get; }

    /// <summary>Pixels a row.</summary>
    public int Width => Layout.Width;

    /// <summary>Rows.</summary>
    public int Height => Layout.Height;

    /// <summary>Bytes from one row of the first plane to the next; 0 for compressed frames.</summary>
    public int Stride => Layout.Stride;

    /// <summary>The layout of pixels in the data.</summary>
    public string PixelFormat => Layout.PixelFormat.ToString();

    /// <summary>Size and pixel format, in one.</summary>
    public string Format => FrameProperties.Format(Layout)!;

    /// <summary>Bytes of the payload.</summary>
    public int Length => Layout.PayloadLength;

    /// <summary>When the picture was taken (local time).</summary>
    public DateTime CapturedAt { get; }

    /// <summary>When the frame became readable (local time).</summary>
    public DateTime PublishedAt { get; }

    /// <summary>Time from publication to this copy or lease, seconds.</summary>
    public double AgeSeconds { get; }

    /// <summary>What is special about the frame.</summary>
    public string Flags { get; }

    /// <summary>How many publishers the channel had up to this frame.</summary>
    public long Epoch { get; }

    internal FrameFormat Layout { get; }

    internal SharedName Channel { get; }
}
