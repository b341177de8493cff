using System;
using System.Threading.Tasks;
using WinMmf.Publisher.Platform;
using WinMmf.Security;

namespace WinMmf.Publisher.Control;

/// <summary>
/// The control pipe of a channel or memory. On Linux its socket lies in the folder of that, and so there is a new one when the channel
/// gets a new folder.
/// </summary>
internal sealed class ControlPipe : IDisposable
{
    private readonly object _lock = new();
    private readonly IPublisherPlatform _platform;
    private readonly AccessPolicy _access;
    private readonly IControlHandler _handler;
    private ControlServer? _server;
    private bool _disposed;

    public ControlPipe(IPublisherPlatform platform, AccessPolicy access, IControlHandler handler)
    {
        _platform = platform;
        _access = access;
        _handler = handler;
    }

    /// <summary>What clients connect to; empty: no client can.</summary>
    public string Endpoint
    {
        get
        {
            lock (_lock)
                return _server?.Endpoint ?? "";
        }
    }

    /// <summary>Listens, in a folder on Linux, and gives the end point.</summary>
    /// <exception cref="WinMmf.Errors.WinMmfException">SystemError.</exception>
    /// <exception cref="System.IO.IOException">Windows refuses every name.</exception>
    public string Open(string? folder)
    {
        lock (_lock)
        {
            if (_disposed || (_server is not null && folder is null))
                return _server?.Endpoint ?? "";
            ControlServer? old = _server;
            _server = new ControlServer(_platform.CreateControlEndpoint(_access, folder), _handler);

            // Who moves a channel does not wait for the clients of the old pipe.
            if (old is not null)
                _ = Task.Run(old.Dispose);
            return _server.Endpoint;
        }
    }

    /// <summary>Stops listening. Before the name is let go, since from then on the folder may be another process's.</summary>
    public void Dispose()
    {
        ControlServer? server;
        lock (_lock)
        {
            _disposed = true;
            server = _server;
            _server = null;
        }

        server?.Dispose();
    }
}
