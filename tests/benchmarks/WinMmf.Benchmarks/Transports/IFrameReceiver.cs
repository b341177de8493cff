using System;

namespace WinMmf.Benchmarks.Transports;

/// <summary>The reading side of a way to hand frames to other processes.</summary>
internal unsafe interface IFrameReceiver : IDisposable
{
    /// <summary>Monotonic nanoseconds when the frame in hand was made readable; 0 if the transport does not know.</summary>
    long PublishedAt { get; }

    /// <summary>Waits for a frame that this reader has not had yet.</summary>
    /// <param name="spin">Ask again and again instead of sleeping, where the transport can.</param>
    /// <returns>The frame, valid until <see cref="Release"/>.</returns>
    byte* WaitNext(bool spin);

    /// <summary>Gives the frame in hand back. False if it cannot have been whole all the time.</summary>
    bool Release();
}
