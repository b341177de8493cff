using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Viewer.Serving;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>The viewer ends when it has no client any more.</summary>
public sealed class IdleTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public void The_time_counts_from_the_end_of_the_last_request()
    {
        ManualTime time = new();
        int ended = 0;
        using IdleWatch watch = new(time, Limit, () => ended++);
        time.Advance(Limit / 2);
        watch.Enter();
        watch.Enter();
        time.Advance(Limit * 3);
        watch.Leave();
        time.Advance(Limit * 3);
        Assert.Equal(0, ended);
        watch.Leave();
        time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.Equal(0, ended);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, ended);
    }

    [Fact]
    public async Task It_ends_if_nobody_ever_comes_and_strangers_do_not_keep_it()
    {
        ManualTime time = new();
        await using TestViewer viewer = await TestViewer.StartAsync(Limit, time);
        time.Advance(Limit - TimeSpan.FromSeconds(1));
        using HttpResponseMessage refused = await viewer.Stranger.GetAsync("/");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(viewer.Server.Idle.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await viewer.Server.Idle.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Who_receives_a_stream_keeps_it_though_no_frame_comes()
    {
        ManualTime time = new();
        await using TestViewer viewer = await TestViewer.StartAsync(Limit, time);
        using TestChannel channel = new();
        FrameFormat format = FrameFormat.Packed(320, 240, PixelFormat.Gray8);
        channel.Publish(format, TestChannel.Picture(format, 1));
        using (Stream stream = await viewer.Owner.GetStreamAsync($"/{channel.Name}.mjpeg"))
        {
            Assert.True(await stream.ReadAsync(new byte[1]) > 0);
            time.Advance(Limit * 10);
            Assert.False(viewer.Server.Idle.IsCompleted);
        }

        // The server notices in its own time that the client has gone.
        DateTime limit = DateTime.UtcNow.AddSeconds(60);
        while (!viewer.Server.Idle.IsCompleted && DateTime.UtcNow < limit)
        {
            await Task.Delay(50);
            time.Advance(Limit);
        }

        Assert.True(viewer.Server.Idle.IsCompleted);
    }
}
