using System;
using System.Threading;

namespace WinMmf.Capture.Platform;

/// <summary>
/// Sleeps more exactly than in whole milliseconds. Allocates nothing after construction, as long as the token stays the same.
/// </summary>
internal interface IFrameTimer : IDisposable
{
    /// <summary>Sleeps.</summary>
    /// <param name="nanoseconds">How long.</param>
    /// <param name="cancellationToken">Ends the sleep.</param>
    /// <returns>False if the token was cancelled.</returns>
    bool Sleep(long nanoseconds, CancellationToken cancellationToken);
}
