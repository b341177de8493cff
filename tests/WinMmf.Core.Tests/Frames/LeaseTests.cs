using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
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

            // Who got no lease copies.
            Assert.Equal(FrameReadStatus.Ok, readers[^1].TryCopyNewest(new byte[channel.Format.PayloadLength], out _));
            Assert.All(leases, lease => Assert.True(lease.End()));
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
    public void A_hostile_registry_cannot_stop_the_publisher_or_make_it_drop()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish();
        Random random = new(12345);
        using ReaderRegistry hostile = PlatformServices.Current.Registries.TryOpen(channel.Name)!;
        List<int> rows = new();
        while (hostile.TryClaim("hostile", out int row))
            rows.Add(row);
        Assert.Equal(RegistryLayout.Rows - 1, rows.Count);
        for (int round = 0; round < 500; round++)
        {
            foreach (int row in rows)
            {
                hostile.WriteLease(row, (byte)random.Next(256));
                hostile.WriteWaiting(row, (byte)random.Next(256));
            }

            channel.Publish();
        }

        Assert.Equal(0, channel.Writer.Counters.Dropped);
        Assert.Equal(501, channel.Writer.Counters.Published);
        Assert.True(channel.Writer.Counters.LeasesIgnored > 0);
    }

    [Fact]
    public unsafe void Only_confirmed_leases_of_slots_that_exist_count_for_the_publisher()
    {
        byte[] first = new byte[RegistryLayout.Size];
        byte[] second = new byte[RegistryLayout.Size];
        static void Lease(byte[] registry, int row, int slot, bool confirmed) =>
            registry[RegistryLayout.Row(row) + RegistryLayout.Lease] = (byte)((slot + 1) | (confirmed ? RegistryLayout.LeaseConfirmed : 0));
        Lease(first, 1, 0, confirmed: false);
        Lease(first, 40, 2, confirmed: true);
        Lease(first, 41, 3, confirmed: true);
        Lease(first, 42, 63 - 1, confirmed: true);
        Lease(second, 1, 0, confirmed: true);
        Lease(second, 2, 3, confirmed: true);
        Lease(second, 40, 2, confirmed: true);
        fixed (byte* f = first, s = second)
        {
            Assert.Equal(0b1100u, LeaseScan.Confirmed(f, 4));
            Assert.Equal(3, LeaseScan.CountDistinct(f, 4));

            // The lease of slot 3 moved from one row to another between the two: it may be counted in neither.
            Assert.Equal(0b0100u, LeaseScan.ConfirmedInBoth(f, s, 4));
        }
    }
}
