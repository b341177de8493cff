using System;
using WinMmf.Names;

namespace WinMmf.Capture;

/// <summary>Mirrors the frames of a channel into a plain memory in winmmf's layout.</summary>
public interface IFrameMirror : IDisposable
{
    /// <summary>The memory's name.</summary>
    SharedName Name { get; }

    /// <summary>Frames written.</summary>
    long Written { get; }

    /// <summary>Frames that were left out.</summary>
    long Skipped { get; }

    /// <summary>Frames that had to wait for the lock and got it.</summary>
    long Waited { get; }

    /// <summary>Mirrors one frame, which was just published, or leaves it out.</summary>
    /// <param name="payload">The frame.</param>
    void Write(ReadOnlySpan<byte> payload);
}
