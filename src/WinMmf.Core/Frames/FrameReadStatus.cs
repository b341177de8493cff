namespace WinMmf.Frames;

/// <summary>Outcome of asking for a frame.</summary>
public enum FrameReadStatus
{
    /// <summary>A whole frame was read.</summary>
    Ok,

    /// <summary>There is no frame, or none newer than asked for.</summary>
    NoFrame,

    /// <summary>The buffer is smaller than the frame; <see cref="FrameInfo.Format"/> says how much is needed.</summary>
    BufferTooSmall,

    /// <summary>The publisher overwrote the frame again and again while it was copied; ask again.</summary>
    Overrun,
}
