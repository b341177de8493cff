using System;
using System.Collections.Generic;
using WinMmf.Frames;
using WinMmf.Memory;

namespace WinMmf.Publisher.Publishing;

/// <summary>What the user asked to publish.</summary>
internal sealed record PublishSettings(SharedName Name)
{
    /// <summary>The file to show; null: the synthetic picture.</summary>
    public string? Input { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public double? FrameRate { get; init; }

    public PixelFormat PixelFormat { get; init; } = PixelFormat.Bgr24;

    /// <summary>Slots; null: the channel's default.</summary>
    public int? Slots { get; init; }

    public IReadOnlyList<string> ReadAccess { get; init; } = [];

    /// <summary>End after this time; null: never.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>End after this many frames; 0: never.</summary>
    public long Frames { get; init; }

    public bool Loop { get; init; }

    public bool Pace { get; init; } = true;

    public string? Ffmpeg { get; init; }

    /// <summary>What readers are told about the source; null: the source's own description.</summary>
    public string? SourceLabel { get; init; }
}
