using System;

namespace WinMmf.Platform;

/// <summary>The publisher's end of the wake-up. Allocates nothing after construction.</summary>
internal unsafe interface IWaker : IDisposable
{
    /// <summary>Wakes the readers whose waiting byte is set in a snapshot of the registry.</summary>
    /// <param name="registrySnapshot">The registry, as <see cref="ReaderRegistry.Snapshot"/> copies it.</param>
    /// <returns>How many readers were to be woken.</returns>
    int Wake(byte* registrySnapshot);
}
