using System;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>A publisher dies and the next one takes its channel over (protocol 10.8, 10.9, 6.4, 7.14).</summary>
public sealed class TakeoverTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_lease_held_across_a_takeover_stays_intact()
    {
        using TestChannel first = new(slots: 3);
        first.Publish(5);
        using FrameReader reader = first.OpenReader();
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        first.Writer.Dispose();
        using FrameWriter second = TakeOver(first.Name);
        for (int i = 0; i < 20; i++)
            Publish(second, first.Format, 99);
        Assert.True(lease.Span.IndexOfAnyExcept((byte)5) < 0);
        Assert.True(lease.IsIntact);
        Assert.True(lease.End());
        Assert.Equal(0, reader.Counters.Overwritten);
        Assert.Equal(0, second.Counters.PixelsReused);
    }

    [Fact]
    public void A_reader_comes_to_the_new_door_and_leases_there()
    {
        using TestChannel first = new();
        first.Publish();
        using FrameReader reader = first.OpenReader();
        first.Writer.Dispose();
        using FrameWriter second = TakeOver(first.Name);

        // The frame of the dead one can be copied; its publisher cannot hold it any more.
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(new byte[first.Format.PayloadLength], out FrameInfo old));
        Assert.Equal(1L, (long)old.FrameNumber);
        Assert.False(reader.TryLeaseNewest(out _));

        Publish(second, first.Format, 7);
        Assert.True(Given.HasAnswer(reader));
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        Assert.Equal(2u, lease.Info.Epoch);
        Assert.Equal(2L, (long)lease.Info.FrameNumber);
        for (int i = 0; i < 20; i++)
            Publish(second, first.Format, 8);
        Assert.True(lease.Span.IndexOfAnyExcept((byte)7) < 0);
        Assert.True(lease.End());
        Assert.Equal(1, reader.Counters.Restarts);
    }

    [Fact]
    public async Task A_reader_that_sleeps_over_a_takeover_goes_on()
    {
        using Peer peer = Peer.Start();
        SharedName name = Given.NewName();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "");
        peer.Must("frames", "p", 3);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        Assert.True(reader.Wait(0, Long));
        Task<bool> waiting = Task.Run(() => reader.Wait(3, Long));
        peer.Kill();
        Assert.True(Given.Soon(() => !Given.Platform.Channels.IsOwned(name)));
        using FrameWriter second = TakeOver(name);
        await Task.Delay(50);
        Publish(second, FrameFormat.Packed(16, 8, PixelFormat.Gray8), 42);
        Assert.True(await waiting);
        byte[] data = new byte[128];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out FrameInfo info));
        Assert.Equal(4, info.FrameNumber);
        Assert.Equal(42, data[0]);
        Assert.True(Given.HasAnswer(reader));
        Assert.True(reader.HasRegistryRow);
    }

    [Fact]
    public void Readers_that_map_nothing_old_leave_the_old_pixels_to_be_used_again()
    {
        using Peer peer = Peer.Start();
        SharedName name = Given.NewName();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "");

        // Holds control, and has pixels open only once it has read a frame.
        using WinMmf.Platform.SharedSection? holder = Given.Platform.Sections.TryOpen(name, writable: false);
        Assert.NotNull(holder);
        peer.Kill();
        Assert.True(Given.Soon(() => !Given.Platform.Channels.IsOwned(name)));
        using FrameWriter second = TakeOver(name);
        Assert.True(second.TookOver);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        if (OperatingSystem.IsLinux())
            Assert.True(System.IO.File.Exists(LinuxGiven.PartOf(name, "pixels.1")));
        Assert.Equal(0, second.Counters.PixelsReused);
    }

    [Fact]
    public void Epochs_and_frame_numbers_go_on_over_many_takeovers()
    {
        SharedName name = Given.NewName();
        FrameFormat format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);
        FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Slots = 5 });
        Publish(writer, format, 0);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        for (int epoch = 2; epoch <= 6; epoch++)
        {
            writer.Dispose();
            writer = TakeOver(name);
            Assert.Equal(epoch, writer.Epoch);
            Assert.Equal(5, writer.Slots);
            Publish(writer, format, (byte)epoch);
            Assert.True(Given.HasAnswer(reader));
            Assert.True(reader.TryLeaseNewest(out FrameLease lease));
            Assert.Equal(epoch, lease.Info.FrameNumber);
            Assert.Equal(epoch, lease.Span[0]);
            Assert.True(lease.End());
        }

        Assert.Equal(6, writer.Counters.Published);
        writer.Dispose();
    }

    [Fact]
    public unsafe void Epoch_and_generation_wrap_around_zero()
    {
        using TestChannel first = new();
        first.Publish();
        using FrameReader reader = first.OpenReader();
        using (WinMmf.Platform.SharedSection control = first.OpenControl())
        {
            first.Writer.Dispose();
            *(uint*)(control.Address + WinMmf.Layouts.ControlLayout.Epoch) = uint.MaxValue;
            using FrameWriter second = TakeOver(first.Name);
            Assert.Equal(1, second.Epoch);
            Publish(second, first.Format, 9);
            Assert.True(Given.HasAnswer(reader));
            Assert.True(reader.TryLeaseNewest(out FrameLease lease));
            Assert.Equal(9, lease.Span[0]);
            Assert.True(lease.End());
            Assert.Equal(1u, ChannelClaim.Next(uint.MaxValue));
            Assert.Equal(8u, ChannelClaim.Next(7));
        }
    }

    private static FrameWriter TakeOver(SharedName name) => FrameWriter.Create(new FrameChannelOptions(name));

    private static void Publish(FrameWriter writer, in FrameFormat format, byte value)
    {
        Assert.True(writer.TryBegin(format, out FrameSlot slot));
        slot.Span.Fill(value);
        writer.Publish(slot);
    }
}
