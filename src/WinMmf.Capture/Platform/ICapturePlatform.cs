using System.IO;
using WinMmf.Management.Platform;

namespace WinMmf.Capture.Platform;

/// <summary>What differs between systems about child programs.</summary>
internal interface ICapturePlatform
{
    /// <summary>True if a child can be asked to end by a signal.</summary>
    bool CanAskToEnd { get; }

    /// <summary>Makes a timer that is more exact than sleeping; null where there is none or sleeping is exact.</summary>
    IFrameTimer? TryCreateTimer();

    /// <summary>Makes a pipe hold more bytes, if the system lets us: fewer wake-ups a frame.</summary>
    void Widen(Stream pipe);

    /// <summary>Has the system end a child when this process ends, however that comes about (design P1).</summary>
    /// <param name="child">A running child.</param>
    /// <returns>To be disposed of once the child has ended.</returns>
    IChildGuard Guard(StartedProgram child);
}
