namespace WinMmf.Benchmarks.Transports;

/// <summary>The ways to hand frames to other processes that are compared.</summary>
internal enum TransportKind
{
    /// <summary>A WinMmf channel, frames used in place.</summary>
    Lease,

    /// <summary>A WinMmf channel, frames copied.</summary>
    Copy,

    /// <summary>The same in large pages.</summary>
    CopyLargePages,

    /// <summary>A file mapping with a mutex and an event of the system.</summary>
    MutexEvent,

    /// <summary>A mapping locked by winmmf's algorithm, which has no wake-up.</summary>
    Winmmf,

    /// <summary><c>System.IO.Pipes</c>.</summary>
    NamedPipe,

    /// <summary>A TCP connection over the loopback interface.</summary>
    Tcp,
}
