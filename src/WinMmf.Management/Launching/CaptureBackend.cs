namespace WinMmf.Management.Launching;

/// <summary>What opens files, addresses and devices.</summary>
public enum CaptureBackend
{
    /// <summary>ffmpeg where it is installed, otherwise OpenCV.</summary>
    Auto = 0,

    /// <summary>OpenCV, in a process of its own that comes with the publisher.</summary>
    OpenCv,

    /// <summary>ffmpeg, which is installed on its own.</summary>
    Ffmpeg,
}
