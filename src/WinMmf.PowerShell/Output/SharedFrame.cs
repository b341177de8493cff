using System;
using System.Runtime.InteropServices;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.PowerShell.Output;

/// <summary>A copy of one frame. Nothing overwrites its bytes.</summary>
public sealed class SharedFrame : SharedFrameFacts, ISharedFrame
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
        : base(name, info)
    {
        Bytes = data;
        Skipped = skipped;
    }

    /// <summary>The payload; in PowerShell the hidden property Data.</summary>
    internal byte[] Bytes { get; }

    /// <summary>Frames between the one read before (by the same command, or the one that -After named) and this one.</summary>
    public long Skipped { get; }

    /// <inheritdoc/>
    void ISharedFrame.Use(Action<FrameFormat, IntPtr> work)
    {
        GCHandle pinned = GCHandle.Alloc(Bytes, GCHandleType.Pinned);
        try
        {
            work(Layout, pinned.AddrOfPinnedObject());
        }
        finally
        {
            pinned.Free();
        }
    }

    /// <summary>Text for display.</summary>
    public override string ToString() => $"{Scope}\\{Name} #{FrameNumber} {Width}x{Height} {PixelFormat}";
}
