using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace WinMmf.Viewer.Serving;

/// <summary>
/// Writes answers, and disconnects a client that takes nothing. Kestrel has a limit for that, but makes it longer with each byte written:
/// after a few megabytes it lasts for hours.
/// </summary>
internal sealed class AnswerWriter
{
    /// <summary>How long a client may take nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>So small that a slow client takes one in the time.</summary>
    private const int PieceBytes = 16_384;

    private readonly TimeProvider _time;

    /// <summary>Makes a writer.</summary>
    /// <param name="time">The clock that clients are measured by.</param>
    public AnswerWriter(TimeProvider time) => _time = time;

    /// <summary>Writes a whole answer; its headers only, if those are what the client asks for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The media type.</param>
    /// <param name="content">The answer.</param>
    /// <exception cref="OperationCanceledException">The client has gone, or takes nothing and was disconnected.</exception>
    public async Task SendAsync(HttpContext context, string type, ReadOnlyMemory<byte> content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await WriteAsync(context, content, context.RequestAborted);
    }

    /// <summary>Writes a part of an answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="content">The part.</param>
    /// <param name="cancellationToken">Ends the wait for the client.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the client takes nothing and was disconnected.</exception>
    public async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        while (!content.IsEmpty)
        {
            ReadOnlyMemory<byte> piece = content[..Math.Min(content.Length, PieceBytes)];
            using CancellationTokenSource patience = new(Patience, _time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            try
            {
                await context.Response.Body.WriteAsync(piece, either.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                context.Abort();
                throw;
            }

            content = content[piece.Length..];
        }
    }
}
