using System.Collections.Generic;

namespace WinMmf.Management.Cameras;

/// <summary>A camera that was looked for.</summary>
internal sealed class CameraMatch
{
    /// <summary>Makes one.</summary>
    public CameraMatch(CameraMatchKind kind, FoundCamera? camera, IReadOnlyList<FoundCamera> candidates)
    {
        Kind = kind;
        Camera = camera;
        Candidates = candidates;
    }

    /// <summary>What became of it.</summary>
    public CameraMatchKind Kind { get; }

    /// <summary>It, if it is certain.</summary>
    public FoundCamera? Camera { get; }

    /// <summary>All that may be it.</summary>
    public IReadOnlyList<FoundCamera> Candidates { get; }
}
