using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class PublishCopyTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>Smaller than, as large as, and larger than what is copied after the announcement.</summary>
    [Theory]
    [InlineData(64, 16)]
    [InlineData(1024, 256)]
    [InlineData(1025, 257)]
    [InlineData(1920, 1080)]
    public void Every_byte_arrives(int width, int height)
    {
        using TestChannel channel = new(width: width, height: height);
        using FrameReader reader = channel.OpenReader();
        byte[] sent = new byte[channel.Format.PayloadLength], got = new byte[channel.Format.PayloadLength];
        for (int i = 1; i <= 6; i++)
        {
            new Random(i).NextBytes(sent);
            Assert.Equal(i, channel.Writer.PublishCopy(channel.Format, sent));
            Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(got, out FrameInfo info));
            Assert.Equal(i, info.FrameNumber);
            Assert.True(sent.SequenceEqual(got));
        }
    }

    [Fact]
    public void Too_few_bytes_and_none_are_refused_and_nothing_is_published()
    {
        using TestChannel channel = new(width: 100, height: 10);
#if NET
        Assert.Equal(WinMmfErrorId.InvalidFormat,
            Assert.Throws<WinMmfException>(() => channel.Writer.PublishCopy(channel.Format, new byte[999])).ErrorId);
#endif
        Assert.Throws<ArgumentNullException>(() => channel.Writer.PublishCopy(channel.Format, IntPtr.Zero));
        Assert.Equal(0, channel.Writer.Counters.Published);
        Assert.Equal(1, channel.Publish());
    }

    [Fact]
    public async Task An_announcement_without_a_frame_lets_nobody_take_one()
    {
        using TestChannel channel = new();
        using FrameReader reader = channel.OpenReader();
        await SleepThrough(channel, reader, last: 0);
        using CancellationTokenSource end = new();
        Task<bool> waiting = Task.Run(() => reader.Wait(1, TimeSpan.FromMilliseconds(500)));
        while (!waiting.IsCompleted)
        {
            channel.Writer.Announce();
            await Task.Delay(1);
        }

        Assert.False(await waiting);
        Assert.Equal(1, channel.Writer.Counters.Published);
    }

    [Fact]
    public async Task A_reader_that_was_woken_early_gets_the_frame_and_the_wake_up_is_counted()
    {
        using TestChannel channel = new();
        using FrameReader reader = channel.OpenReader();
        await SleepThrough(channel, reader, last: 0);
        for (int frame = 2; frame <= 20; frame++)
        {
            int last = frame - 1;
            Task<bool> waiting = Task.Run(() => reader.Wait(last, Long));
            await Task.Delay(10);
            channel.Writer.Announce();
            if (frame % 2 == 0)
                await Task.Delay(5);
            channel.Publish();
            Assert.True(await waiting);
        }

        Assert.True(channel.Writer.Counters.WakeUps > 0);
    }

    /// <summary>Publishes one frame to a reader that sleeps, so that the publisher knows that one sleeps.</summary>
    private static async Task SleepThrough(TestChannel channel, FrameReader reader, long last)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Task<bool> waiting = Task.Run(() => reader.Wait(last, Long));
        await Task.Delay(100);
        channel.Publish();
        Assert.True(await waiting);
        Assert.True(watch.Elapsed < Long);
    }
}
