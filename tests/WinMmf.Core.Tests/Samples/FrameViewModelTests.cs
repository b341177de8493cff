using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using FrameViewModelSample;
using WinMmf.Frames;
using WinMmf.Tests.Frames;
using Xunit;

namespace WinMmf.Tests.Samples;

/// <summary>docs/samples/FrameViewModel, with this thread as the window's.</summary>
public sealed class FrameViewModelTests : IDisposable
{
    private readonly TestChannel _channel = new();
    private readonly BlockingCollection<Action> _window = new();

    public void Dispose()
    {
        _channel.Dispose();
        _window.Dispose();
    }

    [Fact]
    public void It_shows_the_newest_frame_and_keeps_it_until_the_next()
    {
        _channel.Publish(3);
        using FrameViewModel model = new(_channel.Name.Name, _window.Add);
        ShowUntil(() => model.FrameNumber == 3);
        Assert.Equal((16, 8, 16, "Live"), (model.Width, model.Height, model.Stride, model.Status));
        byte[] shown = model.Pixels;
        Assert.All(shown[..128], static b => Assert.Equal(3, b));

        _channel.Publish(2);
        Assert.True(_window.TryTake(out Action? change, TimeSpan.FromSeconds(60)));
        Assert.Equal((3L, 3), (model.FrameNumber, shown[0]));
        change();
        ShowUntil(() => model.FrameNumber == 5);
        Assert.Equal(5, model.Pixels[0]);
    }

    [Fact]
    public void A_window_that_stands_still_gets_the_newest_afterwards_and_no_queue()
    {
        _channel.Publish();
        using FrameViewModel model = new(_channel.Name.Name, _window.Add);
        ShowUntil(() => model.FrameNumber == 1);
        _channel.Publish(50);
        Assert.True(_window.TryTake(out Action? waiting, TimeSpan.FromSeconds(60)));
        _channel.Publish(50);
        System.Threading.Thread.Sleep(200);
        Assert.Empty(_window);
        waiting();
        ShowUntil(() => model.FrameNumber == 101);
    }

    [Fact]
    public void It_says_why_there_is_no_picture_and_looks_again()
    {
        string name = "test-" + Guid.NewGuid().ToString("N");
        using FrameViewModel model = new(name, _window.Add);
        ShowUntil(() => model.Status.Contains(name, StringComparison.Ordinal));
        FrameFormat format = FrameFormat.Packed(4, 4, PixelFormat.Gray8);
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(new(name, WinMmf.Names.NameScope.Local)) { PayloadCapacity = format.PayloadLength });
        Assert.True(writer.TryBegin(format, out FrameSlot slot));
        writer.Publish(slot);
        ShowUntil(() => model.FrameNumber == 1 && model.Status == "Live");
    }

    private void ShowUntil(Func<bool> condition)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "it does not come");
            if (_window.TryTake(out Action? change, 20))
                change();
        }
    }
}
