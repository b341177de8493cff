using System;
using WinMmf.Frames;

namespace WinMmf.PowerShell.Output;

/// <summary>A frame that can be saved: a copy, or one in place.</summary>
public interface ISharedFrame
{
    /// <summary>The channel's name.</summary>
    string Name { get; }

    /// <summary>Where the name is visible.</summary>
    string Scope { get; }

    /// <summary>1, 2, 3 … over the channel's whole life.</summary>
    long FrameNumber { get; }

    /// <summary>When the picture was taken (local time).</summary>
    DateTime CapturedAt { get; }

    /// <summary>Gives format and address of the payload for the time of one call.</summary>
    /// <param name="work">What is done with them.</param>
    void Use(Action<FrameFormat, IntPtr> work);
}
