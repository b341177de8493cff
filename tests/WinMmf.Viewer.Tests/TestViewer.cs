using System;
using System.Net.Http;
using System.Threading.Tasks;
using WinMmf.Viewer.Serving;

namespace WinMmf.Viewer.Tests;

/// <summary>A viewer within the tests' process, and clients for it.</summary>
internal sealed class TestViewer : IAsyncDisposable
{
    private TestViewer(ViewerServer server)
    {
        Server = server;
        Stranger = Client();
        Owner = Client();
        Owner.DefaultRequestHeaders.Authorization = new("Bearer", server.Token.Value);
    }

    public ViewerServer Server { get; }

    /// <summary>Has the token.</summary>
    public HttpClient Owner { get; }

    /// <summary>Has none.</summary>
    public HttpClient Stranger { get; }

    public static async Task<TestViewer> StartAsync(TimeSpan? idleLimit = null, TimeProvider? time = null) =>
        new(await ViewerServer.StartAsync(0, idleLimit ?? TimeSpan.FromMinutes(10), time));

    /// <summary>A client without cookies and token, which follows no redirection.</summary>
    public HttpClient Client() =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = Server.Address,
            Timeout = TimeSpan.FromSeconds(60),
        };

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        Stranger.Dispose();
        await Server.DisposeAsync();
    }
}
