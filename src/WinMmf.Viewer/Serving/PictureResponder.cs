using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using WinMmf.Viewer.Feeds;

namespace WinMmf.Viewer.Serving;

/// <summary>Answers requests for pictures of channels.</summary>
internal sealed class PictureResponder
{
    private const string Boundary = "frame";
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly FeedTable _feeds;
    private readonly AnswerWriter _writer;
    private readonly CancellationToken _stopping;

    /// <summary>Makes a responder.</summary>
    /// <param name="feeds">Where pictures come from.</param>
    /// <param name="writer">Where they go.</param>
    /// <param name="stopping">Ends streams and waits.</param>
    public PictureResponder(FeedTable feeds, AnswerWriter writer, CancellationToken stopping)
    {
        _feeds = feeds;
        _writer = writer;
        _stopping = stopping;
    }

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context, PictureAddress address)
    {
        if ((FaultOf(context, "width") ?? FaultOf(context, "after")) is string fault)
        {
            await AccessGuard.Refuse(context, HttpStatusCode.BadRequest, fault);
            return;
        }

        try
        {
            switch (address.Kind)
            {
                case PictureKind.Jpeg:
                    await SendJpegAsync(context, address);
                    break;
                case PictureKind.Png:
                    await SendPngAsync(context, address);
                    break;
                default:
                    await SendStreamAsync(context, address);
                    break;
            }
        }
        catch (WinMmfException e) when (!context.Response.HasStarted)
        {
            await AccessGuard.Refuse(context, StatusOf(e.ErrorId), e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has gone.
        }
    }

    private static HttpStatusCode StatusOf(WinMmfErrorId error) => error switch
    {
        WinMmfErrorId.NotFound or WinMmfErrorId.NotAChannel => HttpStatusCode.NotFound,
        WinMmfErrorId.AccessDenied or WinMmfErrorId.WrongOwner => HttpStatusCode.Forbidden,
        WinMmfErrorId.InvalidFormat => HttpStatusCode.UnsupportedMediaType,
        _ => HttpStatusCode.ServiceUnavailable,
    };

    /// <summary><c>?after=VERSION</c> waits for another frame, and says 204 if none comes.</summary>
    private async Task SendJpegAsync(HttpContext context, PictureAddress address)
    {
        long after = Number(context, "after");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        limit.CancelAfter(Patience);
        EncodedFrame frame;
        try
        {
            frame = await Feed(context, address).NextAsync(after, isPatient: false, limit.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            if (after > 0)
                context.Response.StatusCode = (int)HttpStatusCode.NoContent;
            else
                await AccessGuard.Refuse(context, HttpStatusCode.ServiceUnavailable, $"'{address.Name}' has no frame yet.");
            return;
        }

        WriteHeaders(context, frame.Info);
        context.Response.Headers["X-Frame-Version"] = frame.Version.ToString(CultureInfo.InvariantCulture);
        await _writer.SendAsync(context, "image/jpeg", frame.Jpeg);
    }

    /// <summary>Exact: the encoder and the colours of Save-SharedFrame.</summary>
    private async Task SendPngAsync(HttpContext context, PictureAddress address)
    {
        (byte[]? png, FrameInfo info) = await Task.Run(() => EncodePng(address), context.RequestAborted);
        if (png is null)
        {
            await AccessGuard.Refuse(context, HttpStatusCode.ServiceUnavailable, $"'{address.Name}' has no frame yet.");
            return;
        }

        WriteHeaders(context, info);
        await _writer.SendAsync(context, "image/png", png);
    }

    private static (byte[]? Png, FrameInfo Info) EncodePng(PictureAddress address)
    {
        // Without a row: it reads once and waits for nothing.
        using FrameReader reader = FrameReader.Open(address.Name, address.Scope, new FrameReaderOptions { UseRegistry = false });
        using FrameBuffer buffer = new();
        if (buffer.CopyNewest(reader, 0, out FrameInfo info) != FrameReadStatus.Ok)
            return (null, info);
        using MemoryStream png = new();
        PngEncoder.Write(png, info.Format, buffer.Address);
        return (png.ToArray(), info);
    }

    /// <summary>
    /// Each part is asked for when the last has gone out to the client, so one who reads slowly gets fewer. Goes on when the channel has
    /// gone and comes back.
    /// </summary>
    private async Task SendStreamAsync(HttpContext context, PictureAddress address)
    {
        ChannelFeed feed = Feed(context, address);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        CancellationToken gone = end.Token;
        EncodedFrame frame = await feed.NextAsync(0, isPatient: false, gone);
        HttpResponse response = context.Response;
        response.ContentType = $"multipart/x-mixed-replace;boundary={Boundary}";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        while (true)
        {
            string head = string.Create(
                CultureInfo.InvariantCulture,
                $"--{Boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {frame.Jpeg.Length}\r\n"
                + $"X-Frame-Number: {frame.Info.FrameNumber}\r\n\r\n");
            await _writer.WriteAsync(context, Encoding.ASCII.GetBytes(head), gone);
            await _writer.WriteAsync(context, frame.Jpeg, gone);
            await _writer.WriteAsync(context, LineEnd, gone);
            frame = await feed.NextAsync(frame.Version, isPatient: true, gone);
        }
    }

    private ChannelFeed Feed(HttpContext context, PictureAddress address) =>
        _feeds.Get(new FeedKey(address.Name, address.Scope, FeedKey.RoundWidth(Number(context, "width"))));

    /// <summary>A whole number of the query; 0 if it is not given.</summary>
    private static long Number(HttpContext context, string key) =>
        TryNumber(context.Request.Query[key], out long value) ? value : 0;

    /// <summary>What is wrong with a number of the query; null if nothing is, or if it is not given.</summary>
    private static string? FaultOf(HttpContext context, string key)
    {
        string? text = context.Request.Query[key];
        return string.IsNullOrEmpty(text) || TryNumber(text, out _) ? null : $"{key} is a whole number, 0 or more.";
    }

    private static bool TryNumber(string? text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static void WriteHeaders(HttpContext context, in FrameInfo info)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["X-Frame-Number"] = info.FrameNumber.ToString(CultureInfo.InvariantCulture);
        headers["X-Frame-Age-Ms"] = info.Age.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
    }
}
