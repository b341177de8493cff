using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace WinMmf.Publisher;

/// <summary>
/// Turns the system's requests to end (Ctrl+C, Ctrl+Break, SIGTERM, a closing terminal, Windows shutting down) into
/// a cancellation. The second request ends the process at once.
/// </summary>
internal sealed class ShutdownSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Listens.</summary>
    /// <param name="surviveHangUp">True for a process that outlives its terminal.</param>
    public ShutdownSignal(bool surviveHangUp = false)
    {
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT })
            _registrations.Add(PosixSignalRegistration.Create(signal, End));
        _registrations.Add(
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, surviveHangUp ? static context => context.Cancel = true : End));
    }

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Requests the end from within the program.</summary>
    public void Request() => _source.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
