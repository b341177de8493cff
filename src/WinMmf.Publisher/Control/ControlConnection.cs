using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Management.Control;

namespace WinMmf.Publisher.Control;

/// <summary>One client of the control pipe: one request, one answer.</summary>
internal sealed class ControlConnection
{
    private readonly Stream _stream;
    private readonly IControlHandler _handler;
    private readonly CancellationTokenSource _end;

    /// <param name="stream">The connection; this object closes it.</param>
    /// <param name="handler">Knows the answer.</param>
    /// <param name="limit">How long the client may take for everything.</param>
    public ControlConnection(Stream stream, IControlHandler handler, TimeSpan limit)
    {
        _stream = stream;
        _handler = handler;
        _end = new CancellationTokenSource(limit);
    }

    /// <summary>Ends when the connection has.</summary>
    public Task Served { get; set; } = Task.CompletedTask;

    /// <summary>True once the client has its answer, and only has to read it.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Breaks it off.</summary>
    public void End()
    {
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Serves the client to its end. Never throws because of one.</summary>
    public async Task ServeAsync()
    {
        // The caller goes on at once, whatever the handler does.
        await Task.Yield();
        try
        {
            await using (_stream.ConfigureAwait(false))
                await AnswerAsync(_end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // A client that took too long, had to make room, or disconnected.
        }
        finally
        {
            _end.Dispose();
        }
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        ControlMessage answer;
        Action? after = null;
        try
        {
            ControlMessage? request = await ControlMessage.ReadAsync(_stream, cancellationToken).ConfigureAwait(false);
            if (request is null)
                return;
            answer = _handler.Answer(request, out after);
        }
        catch (InvalidDataException e)
        {
            answer = new ControlMessage("ERROR InvalidArgument") { ["message"] = e.Message };
        }

        await answer.WriteAsync(_stream, cancellationToken).ConfigureAwait(false);
        IsAnswered = true;
        after?.Invoke();

        // The client closes first: on Windows, closing the pipe here could discard the answer before the client has read it.
        byte[] rest = new byte[256];
        while (await _stream.ReadAsync(rest, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }
}
