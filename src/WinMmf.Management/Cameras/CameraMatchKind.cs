namespace WinMmf.Management.Cameras;

/// <summary>What became of a camera that is looked for.</summary>
internal enum CameraMatchKind
{
    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>It is there.</summary>
    Found,

    /// <summary>It has no serial number of its own and is in another port: the only free camera of its model.</summary>
    Moved,

    /// <summary>Several may be it. Never a guess.</summary>
    Ambiguous,
}
