using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Platform.Selection;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class FrameStreamTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_newest_is_given_and_what_was_passed_over_is_counted()
    {
        using TestChannel channel = new();
        channel.Publish(2);
        using FrameStream stream = Follow(channel.Name);
        Assert.Equal(2, Take(stream).Info.FrameNumber);
        channel.Publish(3);
        StreamedFrame next = Take(stream);
        Assert.Equal((5, 2), (next.Info.FrameNumber, next.Skipped));
        Assert.All(next.Data, value => Assert.Equal(5, value));
        Assert.Equal(2, stream.Counters.Skipped);
        Assert.False(stream.TryTake(TimeSpan.Zero, out _));
    }

    [Fact]
    public void In_order_begins_with_the_oldest_and_counts_gaps()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish(3);
        using FrameStream stream = Follow(channel.Name, inOrder: true);
        Assert.Equal([1L, 2, 3], Enumerable.Range(0, 3).Select(_ => Take(stream).Info.FrameNumber));
        channel.Publish(10);
        StreamedFrame afterGap = Take(stream);
        Assert.True(afterGap.Skipped > 0);
        Assert.Equal(3 + afterGap.Skipped + 1, afterGap.Info.FrameNumber);
        List<long> rest = [];
        while (stream.TryTake(TimeSpan.Zero, out StreamedFrame frame))
            rest.Add(frame.Info.FrameNumber);
        Assert.Equal(
            Enumerable.Range((int)afterGap.Info.FrameNumber + 1, 13 - (int)afterGap.Info.FrameNumber).Select(number => (long)number), rest);
    }

    [Fact]
    public void A_frame_that_is_kept_stays_as_it_was()
    {
        using TestChannel channel = new();
        using FrameStream stream = Follow(channel.Name);
        List<StreamedFrame> kept = [];
        for (int i = 0; i < 20; i++)
        {
            channel.Publish();
            kept.Add(Take(stream));
        }

        Assert.All(kept, frame => Assert.All(frame.Data, value => Assert.Equal((byte)frame.Info.FrameNumber, value)));
    }

    [Fact]
    public void Another_size_is_followed()
    {
        using TestChannel channel = new();
        using FrameStream stream = Follow(channel.Name);
        channel.Publish();
        Assert.Equal(channel.Format.PayloadLength, Take(stream).Data.Length);
        FrameFormat larger = FrameFormat.Packed(640, 480, PixelFormat.Bgr24);
        Assert.True(channel.Writer.TryBegin(larger, out FrameSlot slot));
        slot.Span.Fill(7);
        channel.Writer.Publish(slot);
        StreamedFrame frame = Take(stream);
        Assert.Equal(larger, frame.Info.Format);
        Assert.All(frame.Data, value => Assert.Equal(7, value));
        channel.Publish();
        Assert.Equal(channel.Format.PayloadLength, Take(stream).Data.Length);
    }

    [Fact]
    public void A_publisher_that_comes_back_is_followed()
    {
        TestChannel first = new();
        using FrameStream stream = Follow(first.Name);
        first.Publish();
        Assert.Equal(1, Take(stream).Info.FrameNumber);
        first.Dispose();
        using FrameWriter second = FrameWriter.Create(new FrameChannelOptions(first.Name) { PayloadCapacity = first.Format.PayloadLength });
        Publish(second, first.Format, 2);
        StreamedFrame frame = Take(stream);
        Assert.Equal(2, frame.Info.FrameNumber);
        Assert.Equal(1, stream.Counters.Restarts);
    }

    [Fact]
    public async Task A_channel_that_was_made_anew_under_the_name_is_followed()
    {
        TestChannel first = new();
        using FrameStream stream = Follow(first.Name);
        first.Publish(5);
        Take(stream);

        // On Linux the owner can remove the files. Where names cannot be removed this is an ordinary restart.
        if (OperatingSystem.IsLinux())
            LinuxGiven.Run("rm", "-r", LinuxGiven.PathOf(first.Name), LinuxGiven.FolderOf(first.Name));
        first.Dispose();
        using FrameWriter second = FrameWriter.Create(new FrameChannelOptions(first.Name) { PayloadCapacity = first.Format.PayloadLength });
        Task<StreamedFrame> taking = Task.Run(() => Take(stream));
        await Task.Delay(100);
        Publish(second, first.Format, 99);
        StreamedFrame frame = await taking;
        Assert.Equal(99, frame.Data[0]);
        Assert.Equal(1, stream.Counters.Restarts);
        Assert.Equal(2, stream.Counters.Read);
    }

    [Fact]
    public async Task A_publisher_that_is_not_there_yet_is_waited_for()
    {
        SharedName name = new("later-" + Guid.NewGuid().ToString("N"), NameScope.Local);
        Task<StreamedFrame> taking = Task.Run(() =>
        {
            using FrameStream stream = FrameStream.Open(name.Name, options: new FrameStreamOptions { WaitForChannel = Long });
            return Take(stream);
        });
        await Task.Delay(200);
        FrameFormat format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { PayloadCapacity = format.PayloadLength });
        Publish(writer, format, 3);
        Assert.Equal(3, (await taking).Data[0]);
    }

    [Fact]
    public void A_missing_channel_is_an_error_at_once() => Assert.Equal(
        WinMmfErrorId.NotFound,
        Assert.Throws<WinMmfException>(() => FrameStream.Open("missing-" + Guid.NewGuid().ToString("N"))).ErrorId);

    [Fact]
    public async Task Cancelling_ends_a_wait_soon()
    {
        using TestChannel channel = new();
        using FrameStream stream = Follow(channel.Name);
        using CancellationTokenSource source = new();
        Task waiting = Task.Run(() => stream.TryTake(Timeout.InfiniteTimeSpan, out _, source.Token));
        await Task.Delay(300);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Long));
    }

    private static FrameStream Follow(SharedName name, bool inOrder = false) =>
        FrameStream.Open(name.Name, name.Scope, new FrameStreamOptions { InOrder = inOrder, Label = "test" });

    private static StreamedFrame Take(FrameStream stream)
    {
        Assert.True(stream.TryTake(Long, out StreamedFrame frame));
        return frame;
    }

    private static void Publish(FrameWriter writer, FrameFormat format, byte value)
    {
        Assert.True(writer.TryBegin(format, out FrameSlot slot));
        slot.Span.Fill(value);
        writer.Publish(slot);
    }
}
