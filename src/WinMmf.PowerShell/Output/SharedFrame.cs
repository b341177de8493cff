using System;
using WinMmf.Diagnostics;
using WinMmf.Frames;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

/// <summary>A copy of one frame.</summary>
public sealed class SharedFrame
{
    internal SharedFrame(FrameCopy copy)
    {
        FrameInfo info = copy.Info;
        Name = copy.Name.Name;
        Scope = copy.Name.Scope;
        FrameNumber = info.FrameNumber;
        Width = info.Format.Width;
        Height = info.Format.Height;
        Stride = info.Format.Stride;
        PixelFormat = info.Format.PixelFormat;
        Data = copy.Data;

        // Capture times are monotonic. What counts for people is how long ago that was by their clock now.
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
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row of the first plane to the next; 0 for compressed frames.</summary>
    public int Stride { get; }

    /// <summary>How pixels lie in the data.</summary>
    public PixelFormat PixelFormat { get; }

    /// <summary>The payload.</summary>
    public byte[] Data { get; }

    /// <summary>Bytes of the payload.</summary>
    public int Length => Data.Length;

    /// <summary>When the picture was taken (UTC).</summary>
    public DateTimeOffset CapturedAt { get; }

    /// <summary>When the frame became readable (UTC).</summary>
    public DateTimeOffset PublishedAt { get; }

    /// <summary>Time from publication to this copy.</summary>
    public TimeSpan Age { get; }

    /// <summary>What is special about the frame.</summary>
    public FrameFlags Flags { get; }

    /// <summary>How many publishers the channel had up to this frame.</summary>
    public long Epoch { get; }

    /// <summary>For people.</summary>
    public override string ToString() => $"{Scope}\\{Name} #{FrameNumber} {Width}x{Height} {PixelFormat}";
}
