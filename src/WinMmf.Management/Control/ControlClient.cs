using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Text;

namespace WinMmf.Management.Control;

/// <summary>Talks to a publisher through its control pipe: one request, one answer.</summary>
internal static class ControlClient
{
    /// <summary>Asks the publisher how it is.</summary>
    public const string Status = "STATUS";

    /// <summary>Asks the publisher to end cleanly. The answer comes before it ends.</summary>
    public const string Stop = "STOP";

    /// <summary>Asks the publisher to start its source again. The answer comes at once.</summary>
    public const string Restart = "RESTART";

    /// <summary>
    /// Field of an answer to STATUS, and of a request to STOP or RESTART: the channel that is meant, as <c>SCOPE\NAME</c>.
    /// </summary>
    internal const string Channel = "channel";

    /// <summary>The same for a plain memory, of the process that keeps it alive.</summary>
    internal const string Keeps = "keeps";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Sends a request and gives the answer.</summary>
    /// <param name="endpoint">The end point from the channel: a pipe name on Windows, a socket path on Linux.</param>
    /// <param name="ownerId">The account that owns the channel, as the kernel says; the pipe's server must be the same.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, whose head is OK.</returns>
    /// <exception cref="WinMmfException">
    /// PublisherUnreachable, PublisherDenied, ForeignOwner (another account serves the pipe), PublisherFailed (the publisher answered
    /// ERROR).
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ControlMessage Send(
        string endpoint, string ownerId, ControlMessage request, CancellationToken cancellationToken = default)
    {
        if (endpoint is null)
            throw new ArgumentNullException(nameof(endpoint));
        if (ownerId is null)
            throw new ArgumentNullException(nameof(ownerId));
        if (request is null)
            throw new ArgumentNullException(nameof(request));
        if (endpoint.Length == 0)
            throw new WinMmfException(WinMmfErrorId.PublisherUnreachable, "This channel's publisher has no control pipe.");

        // It lies in memory that others may write: nothing is opened that could be anything else.
        IControlPipes pipes = ManagementServices.Current.ControlPipes;
        if (!pipes.IsValid(endpoint))
            throw new WinMmfException(WinMmfErrorId.PublisherUnreachable,
                "The channel names a control pipe of a form that no WinMmf publisher uses, so nothing was sent to it. Another "
                    + "program may have written it; end the publisher's process instead.");

        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            // On another thread: the caller may have a synchronization context, and waiting for it here would deadlock.
            Task<ControlMessage?> exchange = Task.Run(() => ExchangeAsync(pipes, endpoint, ownerId, request, limited.Token), limited.Token);
            exchange.Wait(limited.Token);
            return Checked(exchange.Result);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WinMmfException(WinMmfErrorId.PublisherUnreachable,
                $"The publisher did not answer within {Limit.TotalSeconds:0} s. It may be stopped or hang.");
        }
        catch (AggregateException e)
        {
            throw Translate(e.InnerException ?? e);
        }
    }

    /// <summary>Asks a channel's publisher how it is, and whether it is this channel's.</summary>
    /// <exception cref="WinMmfException">As <see cref="Send"/>.</exception>
    internal static ControlMessage AskStatus(ChannelReport channel, CancellationToken cancellationToken) =>
        AskStatus(channel.ControlEndpoint, channel.OwnerId, Channel, channel.Name, cancellationToken);

    /// <summary>Asks the process that keeps a memory, and whether it is this memory.</summary>
    /// <exception cref="WinMmfException">As <see cref="Send"/>.</exception>
    internal static ControlMessage AskStatus(SharedName memory, MemoryOrigin origin, CancellationToken cancellationToken) =>
        AskStatus(origin.KeeperEndpoint, origin.OwnerId, Keeps, memory, cancellationToken);

    private static ControlMessage AskStatus(
        string endpoint, string ownerId, string field, SharedName name, CancellationToken cancellationToken)
    {
        ControlMessage answer = Send(endpoint, ownerId, new ControlMessage(Status), cancellationToken);
        return answer[field] == name.ToString()
            ? answer
            : throw new WinMmfException(
                WinMmfErrorId.PublisherUnreachable,
                $"The process behind the control pipe of {name} is another one's: the name leads to another object now.",
                name.ToFacts());
    }

    /// <summary>
    /// Overlapped and in pieces: a pipe whose server hangs must not hang us, and a pipe that is read byte by byte costs
    /// one turn of the system's completion queue a byte.
    /// </summary>
    private static async Task<ControlMessage?> ExchangeAsync(
        IControlPipes pipes, string endpoint, string ownerId, ControlMessage request, CancellationToken cancellationToken)
    {
        using Stream pipe = await pipes.ConnectAsync(endpoint, ownerId, cancellationToken).ConfigureAwait(false);

        // Cancelling alone would not end a write or read that .NET Framework has begun.
        using CancellationTokenRegistration end = cancellationToken.Register(pipe.Dispose);
        await request.WriteAsync(pipe, cancellationToken).ConfigureAwait(false);
        return await ControlMessage.ReadAsync(pipe, cancellationToken).ConfigureAwait(false);
    }

    private static ControlMessage Checked(ControlMessage? answer)
    {
        if (answer is null)
            throw new WinMmfException(WinMmfErrorId.PublisherUnreachable, "The publisher closed its control pipe without an answer.");

        // It may be another account's publisher, and what it says reaches a terminal.
        List<KeyValuePair<string, string>> said = new(answer.Fields);
        answer.Fields.Clear();
        foreach (KeyValuePair<string, string> field in said)
            answer.Fields[ForeignText.Clean(field.Key)] = ForeignText.Clean(OnOneLine(field.Value));
        return answer.Head == "OK"
            ? answer
            : throw new WinMmfException(WinMmfErrorId.PublisherFailed, $"The publisher refused: {answer["message"]}");
    }

    private static string OnOneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    private static Exception Translate(Exception e) => e switch
    {
        WinMmfException => e,
        UnauthorizedAccessException => new WinMmfException(
            WinMmfErrorId.PublisherDenied,
            "The publisher's control pipe is open to the account that started it and to administrators only.",
            0,
            e),
        TimeoutException or IOException or InvalidDataException => new WinMmfException(
            WinMmfErrorId.PublisherUnreachable,
            $"The publisher cannot be reached through its control pipe: {e.Message}",
            0,
            e),
        _ => new WinMmfException(WinMmfErrorId.PublisherUnreachable, $"The publisher cannot be reached: {e.Message}", 0, e),
    };
}
