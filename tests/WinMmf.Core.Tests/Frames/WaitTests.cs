using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class WaitTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sleeping_reader_wakes_for_each_frame(bool useRegistry)
    {
        const int Frames = 50;
        using TestChannel channel = new();
        using FrameReader reader = channel.OpenReader(useRegistry);
        Task<long> reading = Task.Run(() =>
        {
            long last = 0;
            while (last < Frames)
            {
                Assert.True(reader.Wait(last, Long));
                Assert.Equal(FrameReadStatus.Ok, reader.TryPeek(out FrameInfo info));
                Assert.True(info.FrameNumber > last);
                last = info.FrameNumber;
            }

            return last;
        });
        for (int i = 0; i < Frames; i++)
        {
            channel.Publish();
            await Task.Delay(5);
        }

        Assert.Equal(Frames, await reading);

        // On Linux the kernel knows who sleeps; Windows needs the row.
        if (useRegistry || OperatingSystem.IsLinux())
            Assert.True(channel.Writer.Counters.WakeUps > 0);
        else
            Assert.Equal(0, channel.Writer.Counters.WakeUps);
    }

    [Fact]
    public void Nothing_new_ends_in_a_time_out()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        Assert.True(reader.Wait(0, TimeSpan.Zero));
        Stopwatch watch = Stopwatch.StartNew();
        Assert.False(reader.Wait(1, TimeSpan.FromMilliseconds(300)));
        Assert.InRange(watch.ElapsedMilliseconds, 290, 60_000);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        using TestChannel channel = new();
        using FrameReader reader = channel.OpenReader();
        using CancellationTokenSource source = new(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Task.Run(() => reader.Wait(0, Timeout.InfiniteTimeSpan, source.Token)).WaitAsync(Long));
    }

    [Fact]
    public async Task A_reader_may_come_before_the_publisher()
    {
        string name = "test-" + Guid.NewGuid().ToString("N");
        Task<long> reading = Task.Run(() =>
        {
            using FrameReader reader = FrameReader.Open(name, null, new FrameReaderOptions { WaitForChannel = Long });
            Assert.True(reader.Wait(0, Long));
            reader.TryPeek(out FrameInfo info);
            return info.FrameNumber;
        });
        await Task.Delay(200);
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(new WinMmf.Names.SharedName(name, WinMmf.Names.NameScope.Local)));
        Assert.True(writer.TryBegin(FrameFormat.Packed(4, 4, PixelFormat.Gray8), out FrameSlot slot));
        writer.Publish(slot);
        Assert.Equal(1, await reading);
    }

    [Fact]
    public void Cancelling_ends_the_wait_for_a_channel()
    {
        using CancellationTokenSource source = new(200);
        Assert.ThrowsAny<OperationCanceledException>(() => FrameReader.Open(
            "test-" + Guid.NewGuid().ToString("N"), null, new FrameReaderOptions { WaitForChannel = Long }, source.Token));
    }

    /// <summary>The newest slot stays marked as being written: no honest publisher does that, so no reader spins on it.</summary>
    [Fact]
    public unsafe void A_slot_that_is_never_finished_costs_no_processor()
    {
        using TestChannel channel = new();
        channel.Publish();
        CountingPlatform platform = new();
        using FrameReader reader = FrameReader.Open(
            platform, channel.Name.Name, channel.Name.Scope, new FrameReaderOptions { UseRegistry = false }, CancellationToken.None);
        using SharedSection control = channel.OpenControl();
        uint newest = *(uint*)(control.Address + ControlLayout.Newest);
        uint* sequence = SlotDescriptor.SequenceOf(control.Address, (int)(newest & 0xFF) - 1);
        *sequence |= 1;
        Assert.Equal(FrameReadStatus.Overrun, reader.TryPeek(out _));
        Assert.False(reader.Wait(0, TimeSpan.FromMilliseconds(300)));
        Assert.InRange(platform.Sleeps, 1, 100);
        *sequence += 1;
        Assert.True(reader.Wait(0, TimeSpan.FromSeconds(30)));
    }
}
