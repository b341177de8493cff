using System;

namespace WinMmf.Platform;

/// <summary>The publisher's end of the wake-up. Allocates nothing after construction.</summary>
internal interface IWaker : IDisposable
{
    /// <summary>Wakes the readers that sleep until <c>newest</c> changes.</summary>
    /// <returns>How many readers were woken.</returns>
    int Wake();
}
