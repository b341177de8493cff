using System;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>
/// What documentation of the two ends and docs/protocol.md promise in a few words each, and one wrong line would break unseen.
/// </summary>
public sealed unsafe class PromiseTests
{
    [Fact]
    public void A_restart_of_the_source_is_counted_and_marks_the_next_frame()
    {
        using TestChannel channel = new();
        channel.Publish(2);
        using FrameReader reader = channel.OpenReader();
        channel.Writer.CountSourceRestart();
        channel.Publish();
        Assert.Equal(FrameReadStatus.Ok, reader.TryPeek(out FrameInfo info));
        Assert.Equal(FrameFlags.Discontinuity, info.Flags);
        channel.Publish();
        Assert.Equal(FrameReadStatus.Ok, reader.TryPeek(out info));
        Assert.Equal(FrameFlags.None, info.Flags);
        Assert.Equal(1, channel.Writer.Counters.SourceRestarts);
    }

    [Fact]
    public void Each_reader_that_is_woken_counts()
    {
        using TestChannel channel = new();
        channel.Publish();
        using CancellationTokenSource end = new();
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() => Follow(channel, end.Token));
            threads[i].Start();
        }

        // Both sleep most of the time, so that one publication soon finds both asleep.
        Assert.True(Given.Soon(() =>
        {
            long before = channel.Writer.Counters.WakeUps;
            channel.Publish();
            return channel.Writer.Counters.WakeUps - before == 2;
        }));
        end.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
    }

    /// <summary>The frame before the first one of a larger format lies in the old pixels: who comes now must find them.</summary>
    [Fact]
    public void Old_pixels_stay_until_a_frame_lies_in_the_new_ones()
    {
        using TestChannel channel = new();
        channel.Publish(3);
        Assert.True(channel.Writer.TryBegin(FrameFormat.Packed(1000, 1000, PixelFormat.Gray8), out FrameSlot slot));
        using (FrameReader late = channel.OpenReader())
        {
            byte[] data = new byte[channel.Format.PayloadLength];
            Assert.Equal(FrameReadStatus.Ok, late.TryCopyNewest(data, out FrameInfo info));
            Assert.Equal(3, info.FrameNumber);
            Assert.True(data.All(static value => value == 3));
        }

        Assert.Equal(4, channel.Writer.Publish(slot));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_payload_beyond_its_slot_is_refused(bool lease)
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        using SharedSection control = channel.OpenControl();
        byte* slot = control.Address + ControlLayout.Slot((int)(*(uint*)(control.Address + ControlLayout.Newest) & 0xFF) - 1);
        *(uint*)(slot + SlotLayout.Width) = 512;
        *(uint*)(slot + SlotLayout.Height) = 256;
        *(uint*)(slot + SlotLayout.Stride) = 512;
        *(uint*)(slot + SlotLayout.PayloadLength) = 512 * 256;
        byte[] data = new byte[512 * 256];
        WinMmfException e = Assert.Throws<WinMmfException>(() =>
        {
            _ = lease ? reader.TryLeaseNewest(out _) : reader.TryCopyNewest(data, out _) == FrameReadStatus.Ok;
        });
        Assert.Equal(WinMmfErrorId.CorruptHeader, e.ErrorId);
        Assert.Contains("65536", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL, false)]
    [InlineData(1UL, true)]
    [InlineData(long.MaxValue - 1UL, true)]
    [InlineData((ulong)long.MaxValue, false)]
    [InlineData(long.MaxValue + 1UL, false)]
    [InlineData(ulong.MaxValue, false)]
    public void A_frame_number_is_one_that_counting_reaches(ulong number, bool isPossible)
    {
        SlotDescriptor descriptor = new()
        {
            FrameNumber = number,
            Generation = 1,
            Width = 2,
            Height = 2,
            Stride = 2,
            PixelFormat = PixelFormat.Gray8,
            PayloadLength = 4,
        };
        Assert.Equal(isPossible, descriptor.FindFault() is null);
    }

    [Fact]
    public void Reading_an_older_frame_in_between_counts_nothing_as_skipped()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish(4);
        using FrameReader reader = channel.OpenReader();
        byte[] data = new byte[channel.Format.PayloadLength];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out _));
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(1, data, out FrameInfo info));
        Assert.Equal(2, info.FrameNumber);
        channel.Publish();
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out info));
        Assert.Equal(5, info.FrameNumber);
        Assert.Equal(0, reader.Counters.Skipped);
    }

    /// <summary>
    /// A publisher may die between finishing a slot and making it newest, and a reader in order may have taken that frame.
    /// </summary>
    [Fact]
    public void A_successor_goes_on_after_the_greatest_number_and_not_after_the_newest()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish(3);
        using FrameReader reader = channel.OpenReader();
        channel.Writer.Dispose();
        using (SharedSection control = channel.OpenControl())
        {
            int second = Enumerable.Range(0, 4)
                .Single(i => *(ulong*)(control.Address + ControlLayout.Slot(i) + SlotLayout.FrameNumber) == 2);
            *(uint*)(control.Address + ControlLayout.Newest) = (2u << 8) | (uint)(second + 1);
        }

        using FrameWriter next =
            FrameWriter.Create(new FrameChannelOptions(channel.Name) { PayloadCapacity = channel.Format.PayloadLength });
        Assert.True(next.TookOver);
        Assert.True(next.TryBegin(channel.Format, out FrameSlot slot));
        Assert.Equal(4, next.Publish(slot));
    }

    /// <summary>Who sleeps shall see the end now and not at the end of his slice.</summary>
    [SkippableFact]
    public void The_end_of_a_publisher_wakes_who_sleeps()
    {
        Given.SkipUnlessLinux();

        // On a busy machine a sleeper may not sleep yet.
        Assert.True(Given.Soon(IsWokenByTheEnd));

        static bool IsWokenByTheEnd()
        {
            using TestChannel channel = new();
            using SharedSection control = channel.OpenControl();
            using ISleeper sleeper =
                Given.Platform.Channels.OpenSleeper(channel.Name, null, (uint*)(control.Address + ControlLayout.Newest));
            bool isOver = false;
            bool isWoken = false;
            Thread thread = new(() =>
            {
                while (!Volatile.Read(ref isOver))
                    isWoken |= sleeper.Sleep(0, 2_000);
            });
            thread.Start();
            Thread.Sleep(200);
            channel.Writer.Dispose();
            Volatile.Write(ref isOver, true);
            thread.Join();
            return isWoken;
        }
    }

    private static void Follow(TestChannel channel, CancellationToken end)
    {
        using FrameReader reader = channel.OpenReader();
        long last = 0;
        while (!end.IsCancellationRequested)
        {
            if (reader.Wait(last, TimeSpan.FromMilliseconds(100), CancellationToken.None)
                && reader.TryPeek(out FrameInfo info) == FrameReadStatus.Ok)
                last = info.FrameNumber;
        }
    }
}
