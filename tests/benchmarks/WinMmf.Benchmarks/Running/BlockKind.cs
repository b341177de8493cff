namespace WinMmf.Benchmarks.Running;

/// <summary>What the processes of a contender do in one block.</summary>
internal enum BlockKind
{
    /// <summary>The publisher hands over frames as fast as it can for a time.</summary>
    Saturated,

    /// <summary>The publisher hands over a number of frames, one every so often.</summary>
    Paced,

    /// <summary>The publisher copies into the slots of its channel without any protocol; readers copy out of them likewise.</summary>
    RawSlots,

    /// <summary>Readers wait and nothing comes.</summary>
    Idle,
}
