namespace WinMmf.Capture;

/// <summary>What OpenCV is to open, which decides its speed and what its end means.</summary>
internal enum OpenCvInputKind
{
    /// <summary>A video or picture file: shown at its own speed, and its end is an end.</summary>
    File,

    /// <summary>Numbered pictures, named by a pattern such as scan_%04d.png.</summary>
    Sequence,

    /// <summary>An address: as fast as it comes, and its end is a failure.</summary>
    Stream,

    /// <summary>A camera: as fast as it comes, and its end is a failure.</summary>
    Device,
}
