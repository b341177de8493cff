namespace WinMmf.Capture;

/// <summary>What an input is, which decides its speed and what its end means.</summary>
public enum FfmpegInputKind
{
    /// <summary>A file: shown at its own speed, and its end is an end.</summary>
    File,

    /// <summary>An address: as fast as it comes, and its end is a failure.</summary>
    Stream,

    /// <summary>What a named input format opens, such as a camera: as fast as it comes, and its end is a failure.</summary>
    Device,
}
