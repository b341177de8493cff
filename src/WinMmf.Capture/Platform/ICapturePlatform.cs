using System.IO;

namespace WinMmf.Capture.Platform;

/// <summary>What differs between systems about child programs.</summary>
internal interface ICapturePlatform
{
    /// <summary>What a program's file name ends in.</summary>
    string ProgramSuffix { get; }

    /// <summary>How to get ffmpeg here, as a sentence.</summary>
    string HowToGetFfmpeg { get; }

    /// <summary>Makes a pipe hold more bytes, if the system lets us: fewer wake-ups a frame.</summary>
    void Widen(Stream pipe);
}
