using WinMmf.Names;

namespace WinMmf.Frames;

/// <summary>One frame that a <see cref="FrameStream"/> gave.</summary>
public readonly struct StreamedFrame
{
    internal StreamedFrame(SharedName name, in FrameInfo info, byte[] data, long skipped)
    {
        Name = name;
        Info = info;
        Data = data;
        Skipped = skipped;
    }

    /// <summary>Name and scope of the channel.</summary>
    public SharedName Name { get; }

    /// <summary>What is known of the frame.</summary>
    public FrameInfo Info { get; }

    /// <summary>The payload, in an array of its own that nothing overwrites.</summary>
    public byte[] Data { get; }

    /// <summary>Frames between the one given before and this one.</summary>
    public long Skipped { get; }
}
