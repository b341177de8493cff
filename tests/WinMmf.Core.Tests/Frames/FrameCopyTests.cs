using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class FrameCopyTests
{
    private readonly SharedName _name = new($"copy.{Guid.NewGuid():N}", NameScope.Local);

    [Fact]
    public void Copies_the_newest_frame()
    {
        using FrameWriter writer = Open();
        Publish(writer, 1);
        Publish(writer, 2);
        FrameCopy copy = FrameCopy.Take(_name.Name);
        Assert.Equal(_name, copy.Name);
        Assert.Equal(2, copy.Info.FrameNumber);
        Assert.Equal(ChannelState.Live, copy.State);
        Assert.Equal(16 * 8, copy.Data.Length);
        Assert.All(copy.Data, value => Assert.Equal(2, value));
    }

    [Fact]
    public void Copies_the_oldest_frame_after_a_given_one()
    {
        using FrameWriter writer = Open();
        for (byte i = 1; i <= 4; i++)
            Publish(writer, i);
        Assert.Equal(3, FrameCopy.Take(_name.Name, after: 2).Info.FrameNumber);
    }

    [Fact]
    public void Gives_a_compressed_frame_its_own_length()
    {
        using FrameWriter writer = Open();
        Assert.True(writer.TryBegin(FrameFormat.Jpeg(16, 8, 1000), out FrameSlot slot));
        writer.Publish(slot, payloadLength: 77);
        Assert.Equal(77, FrameCopy.Take(_name.Name).Data.Length);
    }

    [Fact]
    public async Task Waits_for_a_publisher_that_is_not_there_yet()
    {
        Task<FrameCopy> waiting = Task.Run(() => FrameCopy.Take(_name.Name, timeout: TimeSpan.FromSeconds(30)));
        await Task.Delay(200);
        using FrameWriter writer = Open();
        await Task.Delay(200);
        Publish(writer, 9);
        Assert.Equal(9, (await waiting).Data[0]);
    }

    [Fact]
    public void Fails_at_once_without_a_channel()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameCopy.Take(_name.Name));
        Assert.Equal(WinMmfErrorId.NotFound, e.ErrorId);
    }

    [Fact]
    public void Says_how_the_channel_is_when_no_frame_comes()
    {
        using FrameWriter writer = Open();
        WinMmfException none = Assert.Throws<WinMmfException>(() => FrameCopy.Take(_name.Name, timeout: TimeSpan.Zero));
        Assert.Equal(WinMmfErrorId.Timeout, none.ErrorId);
        Assert.Contains("Starting", none.Message);
        Publish(writer, 1);
        WinMmfException noNewer = Assert.Throws<WinMmfException>(
            () => FrameCopy.Take(_name.Name, after: 1, timeout: TimeSpan.FromMilliseconds(100)));
        Assert.Contains("after 1", noNewer.Message);
    }

    [Fact]
    public void Gives_up_in_time_when_the_pixels_are_gone_but_the_channel_is_held()
    {
        FrameWriter writer = Open();
        Publish(writer, 1);
        using SharedSection? held = PlatformServices.Current.Sections.TryOpen(_name, writable: false);
        writer.Dispose();

        // On Windows they disappeared with the publisher; on Linux they have to be removed.
        if (OperatingSystem.IsLinux())
            RemovePixels(held!);
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameCopy.Take(_name.Name, timeout: TimeSpan.FromMilliseconds(200)));
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
        Assert.Contains("Stopped", e.Message);
    }

    [Fact]
    public void Stops_waiting_when_cancelled()
    {
        using FrameWriter writer = Open();
        using CancellationTokenSource source = new(200);
        Assert.ThrowsAny<OperationCanceledException>(
            () => FrameCopy.Take(_name.Name, timeout: TimeSpan.FromMinutes(5), cancellationToken: source.Token));
    }

    private FrameWriter Open() => FrameWriter.Create(new FrameChannelOptions(_name));

    private static void Publish(FrameWriter writer, byte value)
    {
        Assert.True(writer.TryBegin(FrameFormat.Packed(16, 8, PixelFormat.Gray8), out FrameSlot slot));
        for (int i = 0; i < slot.Format.PayloadLength; i++)
            Marshal.WriteByte(slot.Address, i, value);
        writer.Publish(slot);
    }

    private static unsafe void RemovePixels(SharedSection control)
    {
        Assert.True(SectionAnchor.TryReadMapped(control.Address, control.Size, out SectionAnchor anchor));
        File.Delete($"/dev/shm/winmmf-{anchor.Tie.UserId}-{anchor.Tie.Random}/pixels.1");
    }
}
