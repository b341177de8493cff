using System;
using System.IO;
using System.IO.Pipes;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Management.Control;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Control;

/// <summary>
/// Answers on the control pipe (protocol 9). A client that is slow, talks too long or talks nonsense occupies one of a few listeners for 5
/// s at most, and never the publishing thread.
/// </summary>
internal sealed class ControlServer : IDisposable
{
    private const int Listeners = 4;
    private static readonly TimeSpan ClientLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BreakOffPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(200);

    private readonly IControlEndpoint _endpoint;
    private readonly IControlHandler _handler;
    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _listeners;

    /// <summary>Begins to listen.</summary>
    public ControlServer(IControlEndpoint endpoint, IControlHandler handler)
    {
        _endpoint = endpoint;
        _handler = handler;

        // The first instance is made here, so that the pipe exists before its name is published.
        NamedPipeServerStream first = endpoint.Listen();
        _listeners = new Task[Listeners];
        for (int i = 0; i < Listeners; i++)
        {
            NamedPipeServerStream? ready = i == 0 ? first : null;
            _listeners[i] = Task.Run(() => ListenAsync(ready));
        }
    }

    /// <summary>What clients connect to.</summary>
    public string Endpoint => _endpoint.Name;

    /// <summary>Stops listening and removes the pipe.</summary>
    public void Dispose()
    {
        _end.Cancel();
        Task.WaitAll(_listeners, ClientLimit);
        _endpoint.Dispose();
        _end.Dispose();
    }

    private async Task ListenAsync(NamedPipeServerStream? ready)
    {
        NamedPipeServerStream? pipe = ready ?? await ReplaceAsync(null).ConfigureAwait(false);
        while (pipe is not null)
        {
            try
            {
                await pipe.WaitForConnectionAsync(_end.Token).ConfigureAwait(false);
                using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                limit.CancelAfter(ClientLimit);
                await ServeAsync(pipe, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // This server ends, or a client took too long.
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                // A client that disconnected. Many of them must not keep a processor busy.
                await Task.Delay(BreakOffPause, CancellationToken.None).ConfigureAwait(false);
            }

            pipe = await ReplaceAsync(pipe).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Makes the next instance, and only then closes the old one: with no instance at all the name would be free for another process to
    /// take, and a waiting client would get an error that the pipe is gone. Null when this server ends.
    /// </summary>
    private async Task<NamedPipeServerStream?> ReplaceAsync(NamedPipeServerStream? old)
    {
        NamedPipeServerStream? next = null;
        while (next is null && !_end.IsCancellationRequested)
        {
            try
            {
                next = _endpoint.Listen();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await Task.Delay(RefusalPause, CancellationToken.None).ConfigureAwait(false);
            }
        }

        if (old is not null)
            await old.DisposeAsync().ConfigureAwait(false);
        return next;
    }

    private async Task ServeAsync(NamedPipeServerStream pipe, CancellationToken cancellationToken)
    {
        ControlMessage answer;
        Action? after = null;
        try
        {
            ControlMessage? request = await ControlMessage.ReadAsync(pipe, cancellationToken).ConfigureAwait(false);
            if (request is null)
                return;
            answer = _handler.Answer(request, out after);
        }
        catch (InvalidDataException e)
        {
            answer = new ControlMessage("ERROR InvalidArgument") { ["message"] = e.Message };
        }

        await answer.WriteAsync(pipe, cancellationToken).ConfigureAwait(false);
        after?.Invoke();

        // The client closes first: on Windows, closing the pipe here could discard the answer before the client has read it.
        byte[] rest = new byte[256];
        while (await pipe.ReadAsync(rest, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }
}
