using System;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Viewer.Feeds;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>A channel says how large its frames are, and any account can make channels.</summary>
public sealed class FrameBudgetTests
{
    private const int Mebibyte = 1 << 20;
    private static readonly FrameFormat Small = FrameFormat.Packed(640, 480, PixelFormat.Bgr24);

    [Theory]
    [InlineData(65_535, 32_766, PixelFormat.Gray8, 0)]
    [InlineData(65_535, 32_766, PixelFormat.Gray8, 160)]
    [InlineData(65_534, 21_840, PixelFormat.Nv12, 0)]
    [InlineData(65_535, 10_900, PixelFormat.Bgr24, 1280)]
    [InlineData(65_535, 8_000, PixelFormat.Bgra32, 0)]
    public void The_greatest_frames_that_the_protocol_has_are_refused_in_words(int width, int height, PixelFormat pixelFormat, int asked)
    {
        FrameFormat format = FrameFormat.Packed(width, height, pixelFormat);
        foreach (long limit in new[] { FrameBudget.ForForeign, FrameBudget.ForOwn })
        {
            FrameBudget budget = new(limit);
            WinMmfException e = Assert.Throws<WinMmfException>(() => budget.Take(0, FrameBudget.NeedOf(format, asked), format));
            Assert.Equal((WinMmfErrorId.InvalidFormat, limit, 0L), (e.ErrorId, e.Facts.Limit, budget.Taken));
            Assert.Contains($"{width}x{height}", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(7680, 4320, PixelFormat.Yuy2, 0)]
    [InlineData(3840, 2160, PixelFormat.Bgra32, 0)]
    [InlineData(7680, 4320, PixelFormat.Bgra32, 640)]
    public void What_cameras_have_fits(int width, int height, PixelFormat pixelFormat, int asked)
    {
        FrameFormat format = FrameFormat.Packed(width, height, pixelFormat);
        new FrameBudget(FrameBudget.ForForeign).Take(0, FrameBudget.NeedOf(format, asked), format);
    }

    [Fact]
    public void What_is_taken_comes_back_and_what_is_not_there_is_not_given()
    {
        FrameBudget budget = new(10 * Mebibyte);
        budget.Take(0, 6 * Mebibyte, Small);
        Assert.Equal(WinMmfErrorId.NotReady, Assert.Throws<WinMmfException>(() => budget.Take(0, 5 * Mebibyte, Small)).ErrorId);
        Assert.Equal(6 * Mebibyte, budget.Taken);
        budget.Take(6 * Mebibyte, 9 * Mebibyte, Small);
        Assert.Equal(9 * Mebibyte, budget.Taken);
        budget.Give(9 * Mebibyte);
        budget.Take(0, 5 * Mebibyte, Small);
        Assert.Equal(5 * Mebibyte, budget.Taken);
    }

    [Fact]
    public void Nothing_is_copied_of_a_frame_that_is_too_large_and_nothing_stays_taken()
    {
        using TestChannel channel = new();
        channel.Publish(Small, TestChannel.Picture(Small, 1));
        using FrameReader reader = FrameReader.Open(channel.Name);
        FrameBudget budget = new(Mebibyte);
        using (FrameBuffer buffer = new(budget))
        {
            Assert.Equal(
                WinMmfErrorId.InvalidFormat, Assert.Throws<WinMmfException>(() => buffer.CopyNewest(reader, 0, out _)).ErrorId);
            Assert.Equal((IntPtr.Zero, 0L), (buffer.Address, budget.Taken));
        }

        FrameBudget enough = new(10 * Mebibyte);
        using (FrameBuffer buffer = new(enough))
        {
            Assert.Equal(FrameReadStatus.Ok, buffer.CopyNewest(reader, 0, out FrameInfo info));
            Assert.Equal(FrameBudget.NeedOf(info.Format, 0), enough.Taken);
        }

        Assert.Equal(0, enough.Taken);
    }

    [Fact]
    public void Channels_of_others_take_nothing_from_ones_own()
    {
        using TestChannel channel = new();
        using FrameReader reader = FrameReader.Open(channel.Name);
        Assert.Same(FrameBudget.Own, FrameBudget.For(reader.OwnerId));
        Assert.Same(FrameBudget.Foreign, FrameBudget.For(OperatingSystem.IsWindows() ? "S-1-5-32-546" : "61001"));
        Assert.Same(FrameBudget.Foreign, FrameBudget.For(""));
    }
}
