using System;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class AllocationTests
{
    private const int Warm = 200;
    private const int Counted = 2000;

    [SkippableFact]
    public void Publishing_copying_leasing_and_waiting_allocate_nothing()
    {
        using TestChannel channel = new();
        using FrameReader reader = channel.OpenReader();
        byte[] data = new byte[channel.Format.PayloadLength];
        void Round()
        {
            channel.Writer.TryBegin(channel.Format, out FrameSlot slot);
            long number = channel.Writer.Publish(slot);
            reader.Wait(number - 1, TimeSpan.FromSeconds(1));
            reader.TryCopyNewest(data, out _);
            reader.TryCopyAfter(number - 1, data, out _);
            if (reader.TryLeaseNewest(out FrameLease lease))
                lease.End();
        }

        for (int i = 0; i < Warm; i++)
            Round();
        int counted = 0;
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < Counted; i++)
                Round();
            counted += Counted;
        });
        Assert.Equal(Warm + counted, channel.Writer.Counters.Published);
    }

    [SkippableFact]
    public void A_wait_that_sleeps_allocates_nothing()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        reader.Wait(1, TimeSpan.FromMilliseconds(20));
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 20; i++)
                Assert.False(reader.Wait(1, TimeSpan.FromMilliseconds(5)));
        });
    }

    [SkippableFact]
    public void What_allocates_is_found_and_what_happened_once_is_not()
    {
        // Skips where nothing is counted.
        _ = GC.GetAllocatedBytesForCurrentThread();
        object? kept = null;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Allocation.AssertNone(() => kept = new object()));
        int times = 0;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Allocation.AssertNone(() => kept = times++ % 3 == 0 ? new object() : kept));
        times = 0;
        Allocation.AssertNone(() => kept = times++ == 1 ? new object() : kept);
        Assert.NotNull(kept);
    }
}
