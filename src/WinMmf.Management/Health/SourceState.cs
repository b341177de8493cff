namespace WinMmf.Management.Health;

/// <summary>How a publisher's source is.</summary>
internal enum SourceState
{
    /// <summary>It is opened; no frame yet.</summary>
    Opening,

    /// <summary>It delivers.</summary>
    Running,

    /// <summary>Its publisher's process is there and gives no sign of life, so it cannot be told.</summary>
    Unknown,

    /// <summary>The camera is not there, or was unplugged.</summary>
    Absent,

    /// <summary>Several cameras may be the one that is meant.</summary>
    Ambiguous,

    /// <summary>Another program has the device.</summary>
    Busy,

    /// <summary>Its USB controller has no bandwidth left for it.</summary>
    NoBandwidth,

    /// <summary>The account may not open it.</summary>
    NoPermission,

    /// <summary>The address does not answer.</summary>
    Unreachable,

    /// <summary>It failed in another way.</summary>
    Failed,

    /// <summary>Its publisher has ended in good order.</summary>
    Ended,

    /// <summary>Its publisher died.</summary>
    Dead,
}
