using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class ReadAllAsyncTests
{
    [Fact]
    public async Task Each_frame_is_the_newest_in_place_and_what_was_passed_over_is_counted()
    {
        using TestChannel channel = new();
        channel.Publish(2);
        using FrameStream stream = Follow(channel.Name);
        List<(long Number, long Skipped)> seen = [];
        await foreach (FrameInUse frame in stream.ReadAllAsync(Limit()))
        {
            Assert.True(frame.IsInPlace);
            Assert.True(frame.IsIntact);
            byte value = (byte)frame.Info.FrameNumber;
            Assert.Equal(frame.Info.Format.PayloadLength, frame.Span.Length);
            Assert.False(frame.Span.ContainsAnyExcept(value));
            seen.Add((frame.Info.FrameNumber, frame.Skipped));
            if (seen.Count == 3)
                break;
            channel.Publish(3);
        }

        Assert.Equal([(2, 0), (5, 2), (8, 2)], seen);
    }

    [Fact]
    public async Task A_frame_is_given_back_by_disposal_by_the_next_one_and_by_leaving_the_loop()
    {
        using TestChannel channel = new();
        channel.Publish(1);
        using FrameStream stream = Follow(channel.Name);
        FrameInUse? before = null;
        await foreach (FrameInUse frame in stream.ReadAllAsync(Limit()))
        {
            if (before is null)
            {
                before = frame;
                channel.Publish(1);
                continue;
            }

            Assert.Throws<ObjectDisposedException>(() => before.Span.Length);
            Assert.True(before.IsIntact);
            frame.Dispose();
            frame.Dispose();
            Assert.Throws<ObjectDisposedException>(() => frame.Span.Length);

            // A reader has one lease at a time: it is free again.
            Assert.True(stream.Reader.TryLeaseNewest(out FrameLease own));
            Assert.True(own.End());
            channel.Publish(1);
            break;
        }

        await foreach (FrameInUse frame in stream.ReadAllAsync(Limit()))
        {
            Assert.Equal(3, frame.Info.FrameNumber);
            break;
        }

        Assert.True(stream.Reader.TryLeaseNewest(out FrameLease last));
        Assert.True(last.End());
    }

    [Fact]
    public async Task In_order_gives_every_frame_as_a_copy()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish(3);
        using FrameStream stream = FrameStream.Open(
            channel.Name.Name, channel.Name.Scope, new FrameStreamOptions { InOrder = true, Label = "test" });
        List<long> numbers = [];
        ArrayBufferWriter<byte> all = new();
        await foreach (FrameInUse frame in stream.ReadAllAsync(Limit()))
        {
            Assert.False(frame.IsInPlace);
            frame.CopyTo(all);
            numbers.Add(frame.Info.FrameNumber);
            Assert.Equal((byte)frame.Info.FrameNumber, all.WrittenSpan[^1]);
            if (numbers.Count == 3)
                break;
        }

        Assert.Equal([1L, 2, 3], numbers);
        Assert.Equal(3, all.WrittenSpan.ToArray().Distinct().Count());
    }

    [Fact]
    public async Task It_waits_for_frames_and_ends_when_it_is_cancelled()
    {
        using TestChannel channel = new();
        using FrameStream stream = Follow(channel.Name);
        using CancellationTokenSource end = new();
        Task<int> reading = CountAsync();
        await Task.Delay(300);
        Assert.False(reading.IsCompleted);
        channel.Publish(1);
        Assert.Equal(1, await reading.WaitAsync(TimeSpan.FromSeconds(60)));

        async Task<int> CountAsync()
        {
            int count = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (FrameInUse frame in stream.ReadAllAsync(end.Token))
                {
                    count++;
                    await end.CancelAsync();
                }
            });
            return count;
        }
    }

    private static CancellationToken Limit() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private static FrameStream Follow(SharedName name) =>
        FrameStream.Open(name.Name, name.Scope, new FrameStreamOptions { Label = "test" });
}
