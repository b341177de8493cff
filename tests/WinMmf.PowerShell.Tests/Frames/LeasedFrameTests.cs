using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.PowerShell.Frames;
using WinMmf.PowerShell.Output;
using Xunit;

namespace WinMmf.PowerShell.Tests.Frames;

public sealed class LeasedFrameTests
{
    [Fact]
    public void The_frame_is_in_place_and_stays_although_the_publisher_goes_on()
    {
        using TestCamera camera = new();
        camera.Publish(1);
        using LeasedFrame leased = Take(camera);
        SharedFrameLease frame = leased.Frame;
        for (byte i = 2; i < 40; i++)
            camera.Publish(i);
        Assert.True(frame.IsInPlace);
        Assert.True(frame.IsIntact);
        Assert.NotEqual(IntPtr.Zero, frame.Address);
        Assert.Equal(1, frame.FrameNumber);
        Assert.Equal(1, frame.GetByte(frame.Length - 1));
        Assert.All(frame.ToArray(), value => Assert.Equal(1, value));
        Assert.Equal(2, frame.ToArray(3, 2).Length);
        using MemoryStream stream = new();
        frame.CopyTo(stream);
        Assert.Equal(frame.ToArray(), stream.ToArray());
        leased.Release();
        Assert.True(frame.IsIntact);
    }

    [Fact]
    public void What_was_given_back_cannot_be_read()
    {
        using TestCamera camera = new();
        camera.Publish(1);
        SharedFrameLease frame;
        using (LeasedFrame leased = Take(camera))
            frame = leased.Frame;
        Assert.True(frame.IsReleased);
        Assert.Equal(IntPtr.Zero, frame.Address);
        Assert.Throws<ObjectDisposedException>(() => frame.ToArray());
        Assert.Throws<ObjectDisposedException>(() => frame.GetByte(0));
        Assert.Throws<ObjectDisposedException>(() => frame.CopyTo(Stream.Null));
        Assert.Throws<ObjectDisposedException>(() => ((ISharedFrame)frame).Use((_, _) => { }));
        Assert.Equal(1, frame.FrameNumber);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 129)]
    [InlineData(128, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(0, -1)]
    public void Nothing_outside_the_frame_can_be_read(int offset, int count)
    {
        using TestCamera camera = new();
        camera.Publish(1);
        using LeasedFrame leased = Take(camera);
        Assert.Throws<ArgumentOutOfRangeException>(() => leased.Frame.ToArray(offset, count));
    }

    [Fact]
    public void A_frame_that_did_not_stay_is_an_error()
    {
        using TestCamera camera = new();
        camera.Publish(1);
        using LeasedFrame leased = Take(camera);

        // Something that may write control marks every slot as filled anew.
        using (SharedSection control = PlatformServices.Current.Sections.TryOpen(camera.Name, writable: true)!)
            Overwrite(control);

        for (byte i = 2; i < 12; i++)
            camera.Publish(i);
        Assert.False(leased.Frame.IsIntact);
        Assert.Equal(WinMmfErrorId.FrameOverwritten, Assert.Throws<WinMmfException>(leased.Release).ErrorId);
        Assert.False(leased.Frame.IsIntact);
    }

    [Fact]
    public void A_frame_that_cannot_be_leased_is_copied()
    {
        using TestCamera camera = new();

        // Slots − 2 frames are leased already.
        using LeasedFrame first = TakeNew(camera, 1);
        using LeasedFrame second = TakeNew(camera, 2);
        camera.Publish(3);
        using LeasedFrame third = TakeOnce(camera);
        Assert.True(first.Frame.IsInPlace && second.Frame.IsInPlace);
        Assert.False(third.Frame.IsInPlace);
        Assert.All(third.Frame.ToArray(), value => Assert.Equal(3, value));
        Assert.True(third.Frame.IsIntact);
        third.Release();
        Assert.Throws<ObjectDisposedException>(() => third.Frame.ToArray());
    }

    [Fact]
    public void A_lease_ends_with_its_frame()
    {
        using TestCamera camera = new();
        foreach (byte value in Enumerable.Range(1, 30))
            TakeNew(camera, value).Dispose();
        using LeasedFrame last = TakeNew(camera, 31);
        Assert.True(last.Frame.IsInPlace);
    }

    [Fact]
    public void Without_a_frame_the_time_runs_out()
    {
        using TestCamera camera = new();
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => LeasedFrame.Take(camera.Name.Name, null, TimeSpan.FromMilliseconds(100), null, CancellationToken.None));
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
    }

    private static LeasedFrame TakeNew(TestCamera camera, byte value)
    {
        camera.Publish(value);
        return Take(camera);
    }

    /// <summary>Takes the newest frame in place: a publisher on a busy machine gives the row for it late.</summary>
    private static LeasedFrame Take(TestCamera camera)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            LeasedFrame leased = TakeOnce(camera);
            if (leased.Frame.IsInPlace)
                return leased;
            leased.Dispose();
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "There is no row for a lease.");
        }
    }

    private static LeasedFrame TakeOnce(TestCamera camera) =>
        LeasedFrame.Take(camera.Name.Name, camera.Name.Scope, null, null, CancellationToken.None);

    private static unsafe void Overwrite(SharedSection control)
    {
        for (int slot = 0; slot < ControlLayout.DefaultSlots; slot++)
            *(uint*)(control.Address + ControlLayout.Slot(slot)) += 2;
    }
}
