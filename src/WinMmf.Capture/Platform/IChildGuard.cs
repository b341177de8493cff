using System;

namespace WinMmf.Capture.Platform;

/// <summary>
/// Holds a child and what it starts itself: ffmpeg from a package manager is often a small program (a shim) that starts the real one, which
/// has our pipes. Disposing it ends what is left of them.
/// </summary>
internal interface IChildGuard : IDisposable
{
    /// <summary>Asks them all to end in good order, where <see cref="ICapturePlatform.CanAskToEnd"/>.</summary>
    void AskToEnd();

    /// <summary>Ends them all at once. Safe from any thread, and when nothing is left.</summary>
    void Kill();
}
