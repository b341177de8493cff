using System;

namespace WinMmf.Frames;

/// <summary>What is special about a frame.</summary>
[Flags]
public enum FrameFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The first frame after the source started or restarted: the picture may jump.</summary>
    Discontinuity = 1,
}
