using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WinMmf.Viewer.Channels;
using WinMmf.Viewer.Feeds;
using WinMmf.Viewer.Page;

namespace WinMmf.Viewer.Serving;

/// <summary>The web server: on 127.0.0.1 and nowhere else. No file and no environment variable configures it.</summary>
internal sealed class ViewerServer : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly IdleWatch _idle;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly AnswerWriter _writer;
    private readonly PictureResponder _pictures;
    private readonly LockWatch _locks = new();

    private ViewerServer(int port, TimeSpan idleLimit, TimeProvider time)
    {
        Token = new AccessToken(time);
        Feeds = new FeedTable();
        _writer = new AnswerWriter(time);
        _pictures = new PictureResponder(Feeds, _writer, _stopping.Token);

        // Empty: the usual builder takes addresses from appsettings.json of the current folder and from variables such as ASPNETCORE_URLS.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 0;
            options.Limits.MaxConcurrentConnections = 256;
            options.Listen(IPAddress.Loopback, port);
        });
        _application = builder.Build();
        AccessGuard guard = new(Token);
        guard.Entered += () => Entered?.Invoke();
        _idle = new IdleWatch(time, idleLimit, () => _ended.TrySetResult());
        ((IApplicationBuilder)_application).Use(next => context => guard.InvokeAsync(context, next));
        ((IApplicationBuilder)_application).Use(next => context => CountAsync(context, next));
        _application.Run(AnswerAsync);
    }

    /// <summary>What opens the door.</summary>
    public AccessToken Token { get; }

    /// <summary>The feeds, for tests.</summary>
    public FeedTable Feeds { get; }

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>A browser has come by the address that works once.</summary>
    public event Action? Entered;

    /// <summary>Completed when no client has been there for the limit.</summary>
    public Task Idle => _ended.Task;

    /// <summary>Starts a viewer.</summary>
    /// <param name="port">The port; 0: any that is free.</param>
    /// <param name="idleLimit">How long without a client until <see cref="Idle"/>.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <exception cref="IOException">The port is in use, or this account may not listen on it.</exception>
    public static async Task<ViewerServer> StartAsync(int port, TimeSpan idleLimit, TimeProvider? time = null)
    {
        ViewerServer server = new(port, idleLimit, time ?? TimeProvider.System);
        try
        {
            await server._application.StartAsync();
            IServerAddressesFeature? addresses =
                server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
            foreach (string address in addresses?.Addresses ?? [])
                server.Address = new Uri(address);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            if (e is SocketException)
                throw new IOException(e.Message + ".", e);
            throw;
        }
    }

    /// <summary>Ends the server; streams end at once.</summary>
    public async ValueTask DisposeAsync()
    {
        _idle.Dispose();
        await _stopping.CancelAsync();
        using CancellationTokenSource limit = new(StopLimit);
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>Counts those who have the token only: others must not keep the viewer alive.</summary>
    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        _idle.Enter();
        try
        {
            await next(context);
        }
        finally
        {
            _idle.Leave();
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (path == "/api/channels")
            return SendChannelsAsync(context);
        if (PageAssets.TryRead(path, out string type) is byte[] file)
            return _writer.SendAsync(context, type, file);
        return PictureAddress.TryParse(path, context.Request.Query["scope"]) is PictureAddress address
            ? _pictures.AnswerAsync(context, address)
            : AccessGuard.Refuse(context, HttpStatusCode.NotFound,
                "There is /, /NAME.jpg, /NAME.png, /NAME.mjpeg and /api/channels; scope is local or global.");
    }

    private async Task SendChannelsAsync(HttpContext context)
    {
        ArrayBufferWriter<byte> content = new();
        await Task.Run(
            () =>
            {
                using Utf8JsonWriter json = new(content);
                ChannelList.Write(json, Token, _locks);
            },
            context.RequestAborted);
        await _writer.SendAsync(context, "application/json", content.WrittenMemory);
    }
}
