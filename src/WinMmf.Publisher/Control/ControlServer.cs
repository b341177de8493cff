using System;
using System.IO;
using System.IO.Pipes;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Control;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Control;

/// <summary>
/// Answers on the control pipe: <c>docs/protocol.md</c> section 9. A client that is slow, talks too long or talks
/// nonsense costs one of a few listeners for 5 s at most, and never the publishing thread.
/// </summary>
internal sealed class ControlServer : IDisposable
{
    private const int Listeners = 4;
    private static readonly TimeSpan ClientLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly IControlEndpoint _endpoint;
    private readonly IControlHandler _handler;
    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _listeners;

    /// <summary>Begins to listen.</summary>
    public ControlServer(IControlEndpoint endpoint, IControlHandler handler)
    {
        _endpoint = endpoint;
        _handler = handler;

        // The first instance is made here, so that the pipe exists when its name is told.
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
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using NamedPipeServerStream pipe = ready ?? _endpoint.Listen();
                ready = null;
                await pipe.WaitForConnectionAsync(_end.Token).ConfigureAwait(false);
                using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                limit.CancelAfter(ClientLimit);
                await ServeAsync(pipe, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Our end, or a client that took too long.
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                // A client that broke off. A pause, in case it is the system that refuses.
                await Task.Delay(RetryPause, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(NamedPipeServerStream pipe, CancellationToken cancellationToken)
    {
        ControlMessage answer;
        Action? after = null;
        try
        {
            ControlMessage? request = await ReadAsync(pipe, cancellationToken).ConfigureAwait(false);
            if (request is null)
                return;
            answer = _handler.Answer(request, out after);
        }
        catch (InvalidDataException e)
        {
            answer = new ControlMessage("ERROR InvalidArgument") { ["message"] = e.Message };
        }

        using MemoryStream bytes = new();
        answer.Write(bytes);
        await pipe.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken).ConfigureAwait(false);
        after?.Invoke();

        // The client closes first: on Windows closing here could take the answer away from under its hands.
        byte[] rest = new byte[256];
        while (await pipe.ReadAsync(rest, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }

    /// <summary>Reads up to the empty line. Null if the client said nothing.</summary>
    private static async Task<ControlMessage?> ReadAsync(NamedPipeServerStream pipe, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[512];
        int count = 0;
        while (!HasEnd(buffer, count))
        {
            if (count == ControlMessage.MaxBytes)
                throw new InvalidDataException($"The request is longer than {ControlMessage.MaxBytes} bytes.");
            if (count == buffer.Length)
                Array.Resize(ref buffer, Math.Min(ControlMessage.MaxBytes, buffer.Length * 4));
            int read = await pipe.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return count == 0 ? null : throw new InvalidDataException("The request was cut short.");
            count += read;
        }

        using MemoryStream message = new(buffer, 0, count);
        return ControlMessage.Read(message);
    }

    private static bool HasEnd(byte[] buffer, int count) => buffer.AsSpan(0, count).IndexOf("\n\n"u8) >= 0;
}
