using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using SkiaSharp;
using WinMmf.Frames;
using WinMmf.Viewer.Serving;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>Streams: many clients, slow ones, and publishers that die under them.</summary>
public sealed class StreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Twenty_clients_get_the_stream_while_one_takes_nothing_and_the_publisher_drops_none()
    {
        string name = TestChannel.NewName();
        using ProgramProcess publisher = ProgramProcess.Publish(name);
        await using TestViewer viewer = await TestViewer.StartAsync();

        using TcpClient stopped = await AskAndReadNothingAsync(viewer, name);
        using CancellationTokenSource limit = new(Patience);
        long[] counts = await Task.WhenAll(Enumerable.Range(0, 19).Select(_ => ReadFramesAsync(viewer, name, 30, limit.Token)));
        Assert.All(counts, count => Assert.Equal(30, count));

        using JsonDocument list = JsonDocument.Parse(await viewer.Owner.GetStringAsync("/api/channels"));
        JsonElement channel = list.RootElement.GetProperty("channels").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == name);
        Assert.Equal(0, channel.GetProperty("dropped").GetInt64());

        // One reader and one encoder for all of them.
        Assert.Equal(1, viewer.Server.Feeds.Running);
    }

    [Fact]
    public async Task Who_takes_nothing_is_disconnected()
    {
        ManualTime time = new();
        TimeSpan idleLimit = AnswerWriter.Patience * 3;
        await using TestViewer viewer = await TestViewer.StartAsync(idleLimit, time);
        using TestChannel channel = new();
        byte[] large = new byte[1 << 20];
        FrameFormat format = FrameFormat.Jpeg(64, 48, large.Length);
        channel.Publish(format, large);
        using TcpClient stopped = await AskAndReadNothingAsync(viewer, channel.Name);
        DateTime limit = DateTime.UtcNow + Patience;
        while (viewer.Server.Feeds.Running == 0 && DateTime.UtcNow < limit)
            await Task.Delay(10);

        // The frames fill what the network takes; then the server waits for the client.
        while (!viewer.Server.Idle.IsCompleted && DateTime.UtcNow < limit)
        {
            channel.Publish(format, large);
            await Task.Delay(50);
            time.Advance(AnswerWriter.Patience);
        }

        Assert.True(viewer.Server.Idle.IsCompleted, "The connection still counts as a client.");
    }

    [Fact]
    public async Task A_stream_goes_on_when_the_publisher_is_killed_and_started_again()
    {
        string name = TestChannel.NewName();
        await using TestViewer viewer = await TestViewer.StartAsync();
        ProgramProcess publisher = ProgramProcess.Publish(name);
        try
        {
            using CancellationTokenSource limit = new(Patience);
            using Stream stream = await viewer.Owner.GetStreamAsync($"/{name}.mjpeg", limit.Token);
            PartReader parts = new(stream);
            await parts.NextAsync(limit.Token);
            publisher.KillHard();
            await WaitForHealthAsync(viewer, name, "Stale");
            publisher.Dispose();
            publisher = ProgramProcess.Publish(name);
            int width = 0;
            for (int i = 0; i < 20; i++)
            {
                using SKBitmap picture = SKBitmap.Decode(await parts.NextAsync(limit.Token));
                width = picture.Width;
            }

            Assert.Equal(320, width);
            await WaitForHealthAsync(viewer, name, "Live");
        }
        finally
        {
            publisher.Dispose();
        }
    }

    [Fact]
    public async Task A_stream_goes_on_when_the_channel_has_gone_and_another_has_its_name()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        string name = TestChannel.NewName();
        FrameFormat format = FrameFormat.Packed(320, 240, PixelFormat.Bgr24);
        TestChannel first = new(name);
        first.Publish(format, TestChannel.Picture(format, 1));
        using CancellationTokenSource limit = new(Patience);
        using Stream stream = await viewer.Owner.GetStreamAsync($"/{name}.mjpeg", limit.Token);
        PartReader parts = new(stream);
        await parts.NextAsync(limit.Token);
        first.Dispose();
        using TestChannel second = new(name);
        FrameFormat larger = FrameFormat.Packed(640, 480, PixelFormat.Bgr24);
        second.Publish(larger, TestChannel.Picture(larger, 1));
        using SKBitmap picture = SKBitmap.Decode(await parts.NextAsync(limit.Token));
        Assert.Equal(640, picture.Width);
    }

    [Fact]
    public async Task Nobody_watching_costs_nothing()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new();
        FrameFormat format = FrameFormat.Packed(320, 240, PixelFormat.Bgr24);
        channel.Publish(format, TestChannel.Picture(format, 1));
        await viewer.Owner.GetByteArrayAsync($"/{channel.Name}.jpg");
        DateTime limit = DateTime.UtcNow + Patience;
        while (viewer.Server.Feeds.Running > 0 && DateTime.UtcNow < limit)
            await Task.Delay(50);
        Assert.Equal(0, viewer.Server.Feeds.Running);
    }

    private static async Task<TcpClient> AskAndReadNothingAsync(TestViewer viewer, string name)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, viewer.Server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /{name}.mjpeg HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {viewer.Server.Token.Value}\r\n\r\n"));
        return client;
    }

    private static async Task<long> ReadFramesAsync(TestViewer viewer, string name, int frames, CancellationToken cancellationToken)
    {
        using HttpClient client = viewer.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", viewer.Server.Token.Value);
        using Stream stream = await client.GetStreamAsync($"/{name}.mjpeg", cancellationToken);
        PartReader parts = new(stream);
        HashSet<long> numbers = [];
        for (int i = 0; i < frames; i++)
        {
            byte[] jpeg = await parts.NextAsync(cancellationToken);
            Assert.Equal(0xFF, jpeg[0]);
            Assert.Equal(0xD8, jpeg[1]);
            numbers.Add(parts.Number);
        }

        return numbers.Count;
    }

    private static async Task WaitForHealthAsync(TestViewer viewer, string name, string health)
    {
        DateTime limit = DateTime.UtcNow + Patience;
        string? seen = null;
        while (seen != health && DateTime.UtcNow < limit)
        {
            using JsonDocument list = JsonDocument.Parse(await viewer.Owner.GetStringAsync("/api/channels"));
            seen = list.RootElement.GetProperty("channels").EnumerateArray()
                .Where(c => c.GetProperty("name").GetString() == name).Select(c => c.GetProperty("health").GetString()).FirstOrDefault();
            await Task.Delay(20);
        }

        Assert.Equal(health, seen);
    }
}
