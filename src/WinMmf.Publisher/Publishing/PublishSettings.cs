using System;
using System.Collections.Generic;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Residency;

namespace WinMmf.Publisher.Publishing;

/// <summary>What the user asked to publish.</summary>
internal sealed record PublishSettings(SharedName Name)
{
    /// <summary>The file, address or device to show; null: the synthetic picture.</summary>
    public string? Input { get; init; }

    /// <summary>ffmpeg's name of the input's format; null: found out.</summary>
    public string? InputFormat { get; init; }

    /// <summary>ffmpeg's options for the input.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> InputOptions { get; init; } = [];

    public int? Width { get; init; }

    public int? Height { get; init; }

    public double? FrameRate { get; init; }

    public PixelFormat PixelFormat { get; init; } = PixelFormat.Bgr24;

    /// <summary>Slots; null: the channel's default.</summary>
    public int? Slots { get; init; }

    public IReadOnlyList<string> ReadAccess { get; init; } = [];

    /// <summary>A security descriptor in place of accounts; null: none.</summary>
    public string? Sddl { get; init; }

    /// <summary>Whether frames may be paged out.</summary>
    public MemoryResidency Residency { get; init; }

    /// <summary>Where the publisher writes its news; null: nowhere.</summary>
    public string? LogPath { get; init; }

    /// <summary>End after this time; null: never.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>End after this many frames; 0: never.</summary>
    public long Frames { get; init; }

    public bool Loop { get; init; }

    /// <summary>At the input's own speed, or as fast as it comes; null: the former for files.</summary>
    public bool? Pace { get; init; }

    /// <summary>The longest silence of the source; null: its default.</summary>
    public TimeSpan? Silence { get; init; }

    public string? Ffmpeg { get; init; }

    /// <summary>A plain memory in winmmf's layout that the frames go into as well; null: none.</summary>
    public string? AlsoWinMmf { get; init; }

    /// <summary>Accounts whose winmmf programs may open it.</summary>
    public IReadOnlyList<string> WinMmfAccess { get; init; } = [];

    /// <summary>How long a frame may wait for that memory's lock.</summary>
    public TimeSpan WinMmfWait { get; init; }

    /// <summary>What readers are told about the source; null: the source's own description.</summary>
    public string? SourceLabel { get; init; }
}
