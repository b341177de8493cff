using System;

namespace WinMmf.Platform;

/// <summary>A reader's end of the wake-up. Allocates nothing after construction.</summary>
internal interface ISleeper : IDisposable
{
    /// <summary>Sleeps until woken, until <c>newest</c> is no longer <paramref name="seen"/>, or until the slice is over. May return early for no reason.</summary>
    /// <param name="seen">The newest word as the reader last saw it.</param>
    /// <param name="milliseconds">The slice, 1–250 ms.</param>
    void Sleep(uint seen, int milliseconds);
}
