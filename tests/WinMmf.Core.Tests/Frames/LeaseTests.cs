using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class LeaseTests
{
    [Fact]
    public void A_leased_frame_stays_as_it_is_while_the_publisher_goes_on()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish(3);
        using FrameReader reader = channel.OpenReader();
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        Assert.Equal(3, lease.Info.FrameNumber);
        channel.Publish(100);
        Assert.True(lease.Span.IndexOfAnyExcept((byte)3) < 0);
        Assert.True(lease.IsIntact);
        Assert.True(lease.End());
        Assert.False(lease.End());
        Assert.Equal(103, channel.Writer.Counters.Published);
        Assert.Equal(0, channel.Writer.Counters.Dropped);
        Assert.True(channel.Writer.Counters.LeasedSlotsPassed > 0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(24)]
    public void At_most_slots_minus_two_frames_are_leased_and_nothing_is_dropped(int slots)
    {
        using TestChannel channel = new(slots);
        List<FrameReader> readers = new();
        List<FrameLease> leases = new();
        try
        {
            for (int i = 0; i < slots + 3; i++)
            {
                channel.Publish();
                FrameReader reader = channel.OpenReader();
                readers.Add(reader);
                if (reader.TryLeaseNewest(out FrameLease lease))
                    leases.Add(lease);
            }

            Assert.Equal(slots - 2, leases.Count);
            channel.Publish(50);
            Assert.Equal(0, channel.Writer.Counters.Dropped);
            Assert.All(leases, lease => Assert.True(lease.Span.IndexOfAnyExcept((byte)lease.Info.FrameNumber) < 0));

            // A reader without a lease copies.
            Assert.Equal(FrameReadStatus.Ok, readers[^1].TryCopyNewest(new byte[channel.Format.PayloadLength], out _));
            Assert.All(leases, lease => Assert.True(lease.End()));

            // Whether a frame may be leased is decided with it.
            channel.Publish();
            Assert.True(readers[^1].TryLeaseNewest(out _));
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    [Fact]
    public void Several_readers_of_one_frame_count_once()
    {
        using TestChannel channel = new(slots: 3);
        channel.Publish();
        FrameReader[] readers = Enumerable.Range(0, 10).Select(_ => channel.OpenReader()).ToArray();
        Assert.All(readers, reader => Assert.True(reader.TryLeaseNewest(out _)));
        channel.Publish(20);
        Assert.Equal(0, channel.Writer.Counters.Dropped);
        Array.ForEach(readers, reader => reader.Dispose());
    }

    [Fact]
    public void A_second_lease_of_the_same_reader_is_refused()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        Assert.Throws<InvalidOperationException>(() => reader.TryLeaseNewest(out _));
        Assert.True(lease.End());
    }

    [Fact]
    public void A_reader_without_a_row_cannot_lease()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader(useRegistry: false);
        Assert.False(reader.TryLeaseNewest(out _));
    }

    [Fact]
    public void Copying_goes_on_beside_a_lease_and_over_a_change_of_size()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        FrameFormat large = FrameFormat.Packed(1000, 1000, PixelFormat.Gray8);
        Assert.True(channel.Writer.TryBegin(large, out FrameSlot slot));
        slot.Span.Fill(9);
        channel.Writer.Publish(slot);
        byte[] data = new byte[large.PayloadLength];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out _));
        Assert.True(lease.Span.IndexOfAnyExcept((byte)1) < 0);
        Assert.True(lease.End());
    }

    [Fact]
    public unsafe void Rows_full_of_lies_cannot_stop_the_publisher_or_make_it_drop()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish();
        Random random = new(12345);
        using SharedSection control = channel.OpenControl();
        List<ReaderRow> rows = [];
        while (Given.TryGetRow(channel.Name, control, 1, "hostile") is ReaderRow row)
            rows.Add(row);
        Assert.Equal(RowLayout.Most, rows.Count);
        for (int round = 0; round < 500; round++)
        {
            foreach (ReaderRow row in rows)
            {
                row.Line[RowLayout.Lease] = (byte)random.Next(256);
                row.Line[RowLayout.Sleeping] = (byte)random.Next(256);
            }

            channel.Publish();
        }

        Assert.Equal(0, channel.Writer.Counters.Dropped);
        Assert.Equal(501, channel.Writer.Counters.Published);
        Assert.True(channel.Writer.Counters.LeasesIgnored > 0);
        rows.ForEach(static row => row.Dispose());
    }

    [Fact]
    public unsafe void A_row_that_lies_spoils_no_honest_lease()
    {
        using TestChannel channel = new(slots: 3);
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        channel.Publish();
        using SharedSection control = channel.OpenControl();
        using ReaderRow? hostile = Given.TryGetRow(channel.Name, control, 1, "hostile");
        Assert.NotNull(hostile);
        for (int round = 0; round < 200; round++)
        {
            hostile.Line[RowLayout.Lease] = (byte)((round % 3) + 1);
            channel.Publish();
            Assert.True(lease.Span.IndexOfAnyExcept((byte)1) < 0);
        }

        Assert.True(lease.End());
        Assert.Equal(0, channel.Writer.Counters.Dropped);
        Assert.Equal(0, reader.Counters.Overwritten);
    }

    [Fact]
    public void A_lease_ends_intact_after_the_channel_has_grown()
    {
        using TestChannel channel = new(slots: 3);
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        FrameFormat large = FrameFormat.Packed(400, 400, PixelFormat.Gray8);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(channel.Writer.TryBegin(large, out FrameSlot slot));
            slot.Span.Fill(9);
            channel.Writer.Publish(slot);
        }

        Assert.True(lease.Span.IndexOfAnyExcept((byte)1) < 0);
        Assert.True(lease.IsIntact);
        Assert.True(lease.End());
    }
}
