using System;

namespace WinMmf.Benchmarks.Transports;

/// <summary>The publishing side of a way to hand frames to other processes.</summary>
internal unsafe interface IFrameSender : IDisposable
{
    /// <summary>Waits until all readers are connected, where the transport has connections.</summary>
    void Connect();

    /// <summary>Hands one frame to the readers. Returns when the publisher may reuse its memory.</summary>
    void Send(byte* frame, int length);
}
