using System;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>A channel of small frames with a name of its own, and what tests do with it again and again.</summary>
internal sealed class TestChannel : IDisposable
{
    public TestChannel(int slots = 4, int width = 16, int height = 8, NameScope scope = NameScope.Local)
    {
        Name = new SharedName("test-" + Guid.NewGuid().ToString("N"), scope);
        Format = FrameFormat.Packed(width, height, PixelFormat.Gray8);
        Writer = FrameWriter.Create(
            new FrameChannelOptions(Name) { Slots = slots, PayloadCapacity = Format.PayloadLength, Source = "test" });
    }

    public SharedName Name { get; }

    public FrameFormat Format { get; }

    public FrameWriter Writer { get; }

    /// <summary>Publishes a frame whose bytes all are the low byte of its number.</summary>
    public long Publish()
    {
        Assert.True(Writer.TryBegin(Format, out FrameSlot slot));
        slot.Span.Fill((byte)slot.FrameNumber);
        return Writer.Publish(slot);
    }

    public void Publish(int count)
    {
        for (int i = 0; i < count; i++)
            Publish();
    }

    /// <summary>A reader whose publisher has said whether it gets a row.</summary>
    public FrameReader OpenReader(bool useRegistry = true, string label = "") =>
        Given.OpenReader(Name, new FrameReaderOptions { UseRegistry = useRegistry, Label = label });

    /// <summary>Opens the section with the plain name, as the publisher's account may.</summary>
    public SharedSection OpenControl() => PlatformServices.Current.Sections.TryOpen(Name, writable: true)!;

    public void Dispose() => Writer.Dispose();
}
