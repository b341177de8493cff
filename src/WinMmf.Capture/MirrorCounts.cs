namespace WinMmf.Capture;

/// <summary>What a mirror's process has done so far.</summary>
/// <param name="Written">Frames written.</param>
/// <param name="Waited">Frames that had to wait for the lock.</param>
/// <param name="LastNumber">The number of the last frame that it dealt with.</param>
internal sealed record MirrorCounts(long Written, long Waited, long LastNumber);
