using System;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class CopyReadTests
{
    [Fact]
    public void A_channel_without_a_frame_gives_NoFrame()
    {
        using TestChannel channel = new();
        using FrameReader reader = channel.OpenReader();
        Assert.Equal(FrameReadStatus.NoFrame, reader.TryCopyNewest(new byte[channel.Format.PayloadLength], out _));
        Assert.Equal(FrameReadStatus.NoFrame, reader.TryPeek(out _));
        Assert.Equal(ChannelState.Starting, reader.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_newest_frame_is_read_whole_with_its_description(bool useRegistry)
    {
        using TestChannel channel = new();
        channel.Publish(7);
        using FrameReader reader = channel.OpenReader(useRegistry);
        byte[] data = new byte[channel.Format.PayloadLength];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out FrameInfo info));
        Assert.Equal(7, info.FrameNumber);
        Assert.Equal(channel.Format, info.Format);
        Assert.True(data.All(b => b == 7));
        Assert.InRange(info.Age, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(FrameFlags.None, info.Flags);
        Assert.Equal(ChannelState.Live, reader.State);
        Assert.Equal(useRegistry, reader.HasRegistryRow);
    }

    [Fact]
    public void The_first_frame_of_a_publisher_is_marked_as_a_discontinuity()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        Assert.Equal(FrameReadStatus.Ok, reader.TryPeek(out FrameInfo info));
        Assert.Equal(FrameFlags.Discontinuity, info.Flags);
    }

    [Fact]
    public void Reading_in_order_gives_each_frame_that_is_still_held_and_counts_the_others()
    {
        using TestChannel channel = new(slots: 4);
        using FrameReader reader = channel.OpenReader();
        byte[] data = new byte[channel.Format.PayloadLength];
        channel.Publish();
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(0, data, out FrameInfo info));
        Assert.Equal(1, info.FrameNumber);

        channel.Publish(2);
        foreach (long expected in new long[] { 2, 3 })
        {
            Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(info.FrameNumber, data, out info));
            Assert.Equal(expected, info.FrameNumber);
            Assert.True(data.All(b => b == expected));
        }

        Assert.Equal(FrameReadStatus.NoFrame, reader.TryCopyAfter(3, data, out _));

        // Frames 4 to 13; the last four are held.
        channel.Publish(10);
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(3, data, out info));
        Assert.Equal(10, info.FrameNumber);
        Assert.Equal(6, reader.Counters.Skipped);
        Assert.Equal(4, reader.Counters.Read);
    }

    [Fact]
    public unsafe void A_slot_that_stays_odd_is_a_gap()
    {
        using TestChannel channel = new(slots: 4);
        using FrameReader reader = channel.OpenReader();
        using SharedSection control = channel.OpenControl();
        byte[] data = new byte[channel.Format.PayloadLength];
        channel.Publish(4);
        int slot = Enumerable.Range(0, 4).Single(i => SlotOf(control, i).FrameNumber == 2);
        *SlotDescriptor.SequenceOf(control.Address, slot) |= 1;
        Assert.Equal(FrameReadStatus.NoFrame, reader.TryCopyAfter(4, data, out _));
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(1, data, out FrameInfo info));
        Assert.Equal(3, info.FrameNumber);
    }

    [Fact]
    public void A_small_buffer_is_refused_with_the_size_that_is_needed_and_stays_untouched()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        byte[] small = new byte[channel.Format.PayloadLength - 1];
        Assert.Equal(FrameReadStatus.BufferTooSmall, reader.TryCopyNewest(small, out FrameInfo info));
        Assert.Equal(channel.Format.PayloadLength, info.Format.PayloadLength);
        Assert.True(small.All(b => b == 0));
    }

    [Fact]
    public void Readers_follow_when_frames_grow_and_shrink()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        byte[] data = new byte[4_000_000];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out _));
        foreach ((int width, int height) in new[] { (1000, 1000), (1200, 1100), (10, 10), (2000, 1500) })
        {
            FrameFormat format = FrameFormat.Packed(width, height, PixelFormat.Gray8);
            Assert.True(channel.Writer.TryBegin(format, out FrameSlot slot));
            slot.Span.Fill((byte)(width / 10));
            long number = channel.Writer.Publish(slot);
            Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out FrameInfo info));
            Assert.Equal(number, info.FrameNumber);
            Assert.Equal(format, info.Format);
            Assert.True(data.AsSpan(0, format.PayloadLength).IndexOfAnyExcept((byte)(width / 10)) < 0);

            using FrameReader late = channel.OpenReader();
            Assert.Equal(FrameReadStatus.Ok, late.TryCopyNewest(data, out info));
            Assert.Equal(number, info.FrameNumber);
        }
    }

    [Fact]
    public void A_compressed_frame_is_as_long_as_it_was_filled()
    {
        using TestChannel channel = new();
        Assert.True(channel.Writer.TryBegin(FrameFormat.Jpeg(640, 480, 5000), out FrameSlot slot));
        slot.Span.Fill(1);
        channel.Writer.Publish(slot, payloadLength: 1234);
        using FrameReader reader = channel.OpenReader();
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(new byte[5000], out FrameInfo info));
        Assert.Equal(FrameFormat.Jpeg(640, 480, 1234), info.Format);
    }

    [Fact]
    public void An_abandoned_slot_is_never_seen()
    {
        using TestChannel channel = new();
        channel.Publish(2);
        using FrameReader reader = channel.OpenReader();
        for (int i = 0; i < 10; i++)
        {
            Assert.True(channel.Writer.TryBegin(channel.Format, out FrameSlot slot));
            slot.Span.Fill(0xEE);
            channel.Writer.Abandon(slot);
        }

        byte[] data = new byte[channel.Format.PayloadLength];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out FrameInfo info));
        Assert.Equal(2, info.FrameNumber);
        Assert.True(data.All(b => b == 2));
        Assert.Equal(3, channel.Publish());
    }

    [Fact]
    public void A_publisher_that_ended_cleanly_is_seen_as_stopped_and_its_last_frame_stays()
    {
        using TestChannel channel = new();
        channel.Publish(5);
        using FrameReader reader = channel.OpenReader();
        channel.Writer.Dispose();
        Assert.Equal(ChannelState.Stopped, reader.State);
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(new byte[channel.Format.PayloadLength], out FrameInfo info));
        Assert.Equal(5, info.FrameNumber);
    }

    [Fact]
    public void The_next_publisher_goes_on_in_the_same_channel_and_readers_with_it()
    {
        using TestChannel first = new();
        first.Publish(5);
        using FrameReader reader = first.OpenReader();
        byte[] data = new byte[first.Format.PayloadLength];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out _));
        first.Writer.Dispose();

        using FrameWriter second = FrameWriter.Create(new FrameChannelOptions(first.Name) { PayloadCapacity = first.Format.PayloadLength });
        Assert.True(second.TookOver);
        Assert.Equal(2, second.Epoch);
        Assert.Equal(ChannelState.Starting, reader.State);
        Assert.True(second.TryBegin(first.Format, out FrameSlot slot));
        slot.Span.Fill(77);
        Assert.Equal(6, second.Publish(slot));
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out FrameInfo info));
        Assert.Equal(6, info.FrameNumber);
        Assert.Equal(2u, info.Epoch);
        Assert.True(data.All(b => b == 77));
        Assert.Equal(1, reader.Counters.Restarts);
        Assert.Equal(6, second.Counters.Published);
    }

    [Fact]
    public void A_name_that_nobody_holds_is_gone()
    {
        TestChannel channel = new();
        channel.Publish();
        channel.Dispose();
        WinMmfException e = Assert.Throws<WinMmfException>(() => channel.OpenReader());
        Assert.Equal(WinMmfErrorId.NotFound, e.ErrorId);
        using FrameWriter again = FrameWriter.Create(new FrameChannelOptions(channel.Name));
        Assert.False(again.TookOver);
        Assert.Equal(1, again.Epoch);
    }

    [Fact]
    public void A_second_publisher_is_told_who_has_the_channel()
    {
        using TestChannel channel = new();
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameWriter.Create(new FrameChannelOptions(channel.Name)));
        Assert.Equal(WinMmfErrorId.ChannelInUse, e.ErrorId);
        Assert.Contains(
            Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), e.Message, StringComparison.Ordinal);
    }

    private static unsafe SlotDescriptor SlotOf(SharedSection control, int slot)
    {
        Assert.True(SlotDescriptor.TryRead<SharedStepMemory>(control.Address, slot, out SlotDescriptor descriptor));
        return descriptor;
    }
}
