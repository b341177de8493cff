using System;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>Why a source failed last, as whoever looks at the channel is told.</summary>
public sealed class LastErrorTests
{
    private readonly SharedName _name = Given.NewName();

    [Fact]
    public void It_is_told_with_its_time_and_stays_when_the_source_is_back()
    {
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(_name) { Source = "test" });
        using FrameReader reader = FrameReader.Open(_name.Name, _name.Scope);
        Assert.Null(reader.Inspect().LastError);
        Assert.Null(reader.Inspect().LastErrorAt);
        writer.SetLastError("connection refused");
        writer.SetState(ChannelState.Failed);
        writer.SetState(ChannelState.Live);
        Assert.Equal("connection refused", reader.Inspect().LastError);
        Assert.InRange(reader.Inspect().LastErrorAt!.Value, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(1));
        writer.SetLastError("unplugged");
        Assert.Equal("unplugged", reader.Inspect().LastError);
    }

    [Fact]
    public void What_is_too_long_is_cut_at_a_whole_character_and_control_characters_reach_no_terminal()
    {
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(_name) { Source = "test" });
        using FrameReader reader = FrameReader.Open(_name.Name, _name.Scope);
        writer.SetLastError(new string('x', 255) + "ü");
        Assert.Equal(new string('x', 255), reader.Inspect().LastError);
        writer.SetLastError("\e[31mred\nline");
        Assert.Equal("?[31mred?line", reader.Inspect().LastError);
    }

    [Fact]
    public void A_publisher_that_takes_the_channel_over_keeps_it()
    {
        FrameWriter first = FrameWriter.Create(new FrameChannelOptions(_name) { Source = "test" });
        using FrameReader reader = FrameReader.Open(_name.Name, _name.Scope);
        first.SetLastError("unplugged");
        first.Dispose();
        using FrameWriter second = FrameWriter.Create(new FrameChannelOptions(_name) { Source = "test" });
        using FrameReader late = FrameReader.Open(_name.Name, _name.Scope);
        Assert.True(second.TookOver);
        Assert.Equal("unplugged", late.Inspect().LastError);
    }
}
