using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Publisher.Tests;

/// <summary>A camera on this machine that shows its pictures, as MJPEG over HTTP, only to a user with a password and a key.</summary>
internal sealed class CameraServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _authorization;
    private readonly string _header;
    private readonly byte[] _picture;

    /// <summary>Begins to listen.</summary>
    /// <param name="user">User and password, as in <c>user:password</c>.</param>
    /// <param name="header">A header that has to be there.</param>
    /// <param name="picture">A JPEG picture.</param>
    public CameraServer(string user, string header, byte[] picture)
    {
        _authorization = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(user));
        _header = header;
        _picture = picture;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Host => _listener.LocalEndpoint.ToString()!;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                if (!await IsAllowedAsync(stream))
                {
                    await WriteAsync(stream, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"camera\"", "Content-Length: 0");
                    return;
                }

                await WriteAsync(stream, "200 OK", "Content-Type: multipart/x-mixed-replace; boundary=next");
                while (!_end.IsCancellationRequested)
                {
                    await WriteAsync(stream, $"\r\n--next\r\nContent-Type: image/jpeg\r\nContent-Length: {_picture.Length}\r\n\r\n");
                    await stream.WriteAsync(_picture);
                    await Task.Delay(40);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
            {
                // It has gone.
            }
        }
    }

    private static Task WriteAsync(NetworkStream stream, string status, params string[] headers) =>
        WriteAsync(stream, $"HTTP/1.1 {status}\r\nConnection: close\r\n{string.Join("\r\n", headers)}\r\n\r\n");

    private static Task WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    private async Task<bool> IsAllowedAsync(NetworkStream stream)
    {
        StringBuilder request = new();
        byte[] buffer = new byte[1024];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer);
            if (read == 0)
                return false;
            request.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        string text = request.ToString();
        return text.Contains(_authorization + "\r\n", StringComparison.Ordinal)
            && text.Contains(_header + "\r\n", StringComparison.Ordinal);
    }
}
