using System;
using WinMmf.Names;

namespace WinMmf.Publisher.Reading;

/// <summary>How the user wants to read.</summary>
internal sealed record ReadSettings(string Name)
{
    /// <summary>Where to look; null: Local, then Global.</summary>
    public NameScope? Scope { get; init; }

    /// <summary>The account that the channel must belong to; null: any.</summary>
    public string? Owner { get; init; }

    /// <summary>End after this many frames; 0: no limit.</summary>
    public long Frames { get; init; }

    /// <summary>End after this time; null: no limit.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Every frame in order, instead of always the newest.</summary>
    public bool Every { get; init; }

    public bool Verify { get; init; }

    public bool Hash { get; init; }

    /// <summary>Use frames in place instead of copying them.</summary>
    public bool Lease { get; init; }

    /// <summary>Save the last frame here; null: not.</summary>
    public string? Save { get; init; }

    /// <summary>Write all frames there; null: not.</summary>
    public FrameOutput? Output { get; init; }

    /// <summary>The longest time without a new frame.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the channel to appear.</summary>
    public TimeSpan Wait { get; init; }
}
