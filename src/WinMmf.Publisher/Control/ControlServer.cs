using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Management.Control;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Control;

/// <summary>
/// Answers on the control pipe (protocol section 9). A client that is slow, talks too long or talks nonsense occupies one of many places
/// for 5 s at most; with all of them occupied the oldest one has to go, so a new client is always served.
/// </summary>
internal sealed class ControlServer : IDisposable
{
    /// <summary>Clients at a time.</summary>
    public const int Places = 64;

    private static readonly TimeSpan ClientLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(200);

    private readonly IControlEndpoint _endpoint;
    private readonly IControlHandler _handler;
    private readonly CancellationTokenSource _end = new();
    private readonly LinkedList<ControlConnection> _connections = new();
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    public ControlServer(IControlEndpoint endpoint, IControlHandler handler)
    {
        _endpoint = endpoint;
        _handler = handler;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>What clients connect to.</summary>
    public string Endpoint => _endpoint.Name;

    /// <summary>Stops listening, removes the pipe, and lets clients read the answers that they got.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _accepting.Wait();
        _endpoint.Dispose();
        ControlConnection[] left;
        lock (_connections)
            left = [.. _connections];
        foreach (ControlConnection connection in left)
        {
            if (!connection.IsAnswered)
                connection.End();
        }

        if (!Task.WaitAll(Array.ConvertAll(left, static connection => connection.Served), FarewellLimit))
            Array.ForEach(left, static connection => connection.End());
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Begin(await _endpoint.AcceptAsync(_end.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                // This server ends.
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                // A client that broke off, or no descriptors are left: neither must keep a processor busy.
                await Task.Delay(RefusalPause, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Begin(Stream stream)
    {
        ControlConnection connection = new(stream, _handler, ClientLimit);
        LinkedListNode<ControlConnection> node = new(connection);
        ControlConnection? oldest = null;
        lock (_connections)
        {
            if (_connections.Count == Places)
            {
                oldest = _connections.First!.Value;
                _connections.RemoveFirst();
            }

            _connections.AddLast(node);
        }

        oldest?.End();
        connection.Served = ServeAsync(node);
    }

    private async Task ServeAsync(LinkedListNode<ControlConnection> node)
    {
        await node.Value.ServeAsync().ConfigureAwait(false);
        lock (_connections)
        {
            if (node.List is not null)
                _connections.Remove(node);
        }
    }
}
