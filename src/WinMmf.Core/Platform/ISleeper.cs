using System;

namespace WinMmf.Platform;

/// <summary>
/// A reader's end of the wake-up. Who has a row says in it that it sleeps before it does. Allocates nothing after construction.
/// </summary>
internal interface ISleeper : IDisposable
{
    /// <summary>
    /// Sleeps until woken, until <c>newest</c> is no longer <paramref name="seen"/>, or until the slice is over. May return early for no
    /// reason.
    /// </summary>
    /// <param name="seen">The newest word as the reader last saw it.</param>
    /// <param name="milliseconds">The slice, 1–250 ms.</param>
    /// <returns>True if the publisher woke this reader; false if it slept by time, or not at all.</returns>
    bool Sleep(uint seen, int milliseconds);
}
