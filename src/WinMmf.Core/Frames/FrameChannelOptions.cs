using System;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Frames;

/// <summary>How a publisher wants its channel.</summary>
public sealed class FrameChannelOptions
{
    /// <summary>Makes options for a channel of this name.</summary>
    /// <param name="name">Name and scope.</param>
    public FrameChannelOptions(SharedName name) => Name = name;

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>Slots, 3–24. Readers may lease at most slots − 2 at a time.</summary>
    public int Slots { get; set; } = ControlLayout.DefaultSlots;

    /// <summary>Largest payload expected, bytes. A larger frame makes the channel grow by itself, which costs a new mapping.</summary>
    public int PayloadCapacity { get; set; } = PixelsLayout.Alignment;

    /// <summary>
    /// Who may read. A channel that is taken over keeps its access with the safe default; with any other policy all of its objects get
    /// that.
    /// </summary>
    public AccessPolicy Access { get; set; } = AccessPolicy.Private;

    /// <summary>Whether frames may be paged out (design N7).</summary>
    public MemoryResidency Residency { get; set; }

    /// <summary>What is published, for display: at most 128 UTF-8 bytes, longer text is cut.</summary>
    public string Source { get; set; } = "";

    /// <summary>
    /// Opens the publisher's control pipe and gives its end point, at most 128 UTF-8 bytes; null or an empty end point: there is none.
    /// Called when the channel is made or taken over, before readers can see it, and on another thread when it had to be made anew because
    /// its names were removed. It gets the folder in which the pipe's socket lies on Linux, null on Windows.
    /// </summary>
    internal Func<string?, string>? OpenControlPipe { get; set; }

    /// <summary>Nominal frames a second; 0 if unknown.</summary>
    public double FrameRate { get; set; }
}
