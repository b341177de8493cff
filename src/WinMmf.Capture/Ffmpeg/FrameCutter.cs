using System;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>Cuts what a child writes into frames. One thread uses it.</summary>
internal abstract class FrameCutter
{
    /// <summary>Format of the frame that <see cref="WaitNext"/> found.</summary>
    public abstract FrameFormat Format { get; }

    /// <summary>True if a frame was begun and not finished when the output ended.</summary>
    public abstract bool IsCutShort { get; }

    /// <summary>Begins with a new output.</summary>
    public abstract void Reset();

    /// <summary>Waits until the next frame begins. False at the end of the output.</summary>
    public abstract bool WaitNext(SilenceWatch output);

    /// <summary>Fills a slot. False if the output ended within the frame.</summary>
    public abstract bool Fill(SilenceWatch output, Span<byte> payload);

    /// <summary>Throws the frame away. False if the output ended within it.</summary>
    public abstract bool Skip(SilenceWatch output);
}
