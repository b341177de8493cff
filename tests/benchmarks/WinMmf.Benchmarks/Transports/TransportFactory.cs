using System;
using WinMmf.Residency;

namespace WinMmf.Benchmarks.Transports;

/// <summary>Makes the two sides of each transport.</summary>
internal static class TransportFactory
{
    public static IFrameSender CreateSender(TransportKind kind, string name, int frameLength, int readers) => kind switch
    {
        TransportKind.Lease or TransportKind.Copy => new ChannelSender(name, frameLength),
        TransportKind.CopyLargePages => new ChannelSender(name, frameLength, MemoryResidency.LargePages),
        TransportKind.MutexEvent when OperatingSystem.IsWindows() => new WindowsMutexEventSender(name, frameLength, readers),
        TransportKind.MutexEvent => new PosixMutexEventSender(name, frameLength),
        TransportKind.Winmmf => new WinmmfSender(name, frameLength),
        TransportKind.NamedPipe => new NamedPipeSender(name, readers),
        TransportKind.Tcp => new TcpSender(name, readers),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <param name="kind">Which transport.</param>
    /// <param name="name">The name of the sender.</param>
    /// <param name="frameLength">Bytes of a frame.</param>
    /// <param name="reader">This reader's number, from 0.</param>
    public static IFrameReceiver CreateReceiver(TransportKind kind, string name, int frameLength, int reader) => kind switch
    {
        TransportKind.Lease => new ChannelLeaseReceiver(name),
        TransportKind.Copy or TransportKind.CopyLargePages => new ChannelCopyReceiver(name, frameLength),
        TransportKind.MutexEvent when OperatingSystem.IsWindows() => new WindowsMutexEventReceiver(name, frameLength, reader),
        TransportKind.MutexEvent => new PosixMutexEventReceiver(name, frameLength),
        TransportKind.Winmmf => new WinmmfReceiver(name, frameLength),
        TransportKind.NamedPipe => new NamedPipeReceiver(name, frameLength),
        TransportKind.Tcp => new TcpReceiver(name, frameLength),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
