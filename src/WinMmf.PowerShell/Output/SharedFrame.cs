using System;
using System.Runtime.InteropServices;
using WinMmf.Frames;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

/// <summary>A copy of one frame. Its bytes are its own: they stay as they are for as long as somebody keeps the object.</summary>
public sealed class SharedFrame : ISharedFrame
{
    internal SharedFrame(FrameCopy copy, long after)
        : this(copy.Name, copy.Info, copy.Data, after > 0 ? copy.Info.FrameNumber - after - 1 : 0)
    {
    }

    internal SharedFrame(in StreamedFrame frame)
        : this(frame.Name, frame.Info, frame.Data, frame.Skipped)
    {
    }

    private SharedFrame(SharedName name, in FrameInfo info, byte[] data, long skipped)
    {
        Name = name.Name;
        Scope = name.Scope;
        FrameNumber = info.FrameNumber;
        Format = info.Format;
        Data = data;
        Skipped = skipped;
        FrameTimes times = new(info);
        CapturedAt = times.CapturedAt;
        PublishedAt = times.PublishedAt;
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

    /// <summary>How pixels lie in the data.</summary>
    public PixelFormat PixelFormat => Format.PixelFormat;

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

    /// <summary>Frames between the one read before (by the same command, or the one that -After named) and this one.</summary>
    public long Skipped { get; }

    internal FrameFormat Format { get; }

    /// <inheritdoc/>
    void ISharedFrame.Use(Action<FrameFormat, IntPtr> work)
    {
        GCHandle pinned = GCHandle.Alloc(Data, GCHandleType.Pinned);
        try
        {
            work(Format, pinned.AddrOfPinnedObject());
        }
        finally
        {
            pinned.Free();
        }
    }

    /// <summary>For people.</summary>
    public override string ToString() => $"{Scope}\\{Name} #{FrameNumber} {Width}x{Height} {PixelFormat}";
}
