using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.FakeFfmpeg;
using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class JpegSplitterTests
{
    private static readonly byte[][] Pictures = [.. Enumerable.Range(0, 9).Select(static i => FakeJpeg.Make(i, 64 + i, 48))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(65_536)]
    [InlineData(int.MaxValue)]
    public void Pictures_come_whole_however_the_bytes_arrive(int chunk)
    {
        JpegSplitter splitter = new();
        List<byte[]> taken = Feed(splitter, [.. Pictures.SelectMany(static p => p)], chunk);
        Assert.Equal(Pictures, taken);
        Assert.Equal((72, 48), (splitter.Width, splitter.Height));
        Assert.Equal((0, 0, 0), (splitter.Broken, splitter.PassedOver, splitter.Pending));
    }

    [Fact]
    public void What_is_no_picture_is_passed_over()
    {
        JpegSplitter splitter = new();
        byte[] stream = [1, 0xFF, 0xD9, 0xFF, 0xD8, 0x00, .. Pictures[0], 0xFF, 0xFF, 0xD8, 7, .. Pictures[1], 0xFF];
        Assert.Equal([Pictures[0], Pictures[1]], Feed(splitter, stream, 5));
    }

    [Fact]
    public void A_picture_cut_short_costs_no_other_one()
    {
        // Cut within compressed data, within a segment (which then swallows the beginning of the next), and behind the start.
        foreach (int kept in new[] { Pictures[3].Length - 2, Pictures[3].Length / 2, 40, 2 })
        {
            JpegSplitter splitter = new();
            List<byte[]> taken = Feed(
                splitter, [.. Pictures[2], .. Pictures[3][..kept], .. Pictures[4], .. Pictures[5], .. Pictures[6]], 1000);
            Assert.Equal(Pictures[2], taken[0]);
            Assert.Equal(Pictures[6], taken[^1]);
            Assert.All(taken, picture => Assert.Contains(Pictures, whole => whole.SequenceEqual(picture)));
            Assert.True(taken.Count >= 3, $"{kept}: {taken.Count}");
        }
    }

    [Fact]
    public void A_picture_without_an_end_stays_pending_until_it_is_forgotten()
    {
        JpegSplitter splitter = new();
        Assert.Empty(Feed(splitter, Pictures[0][..^1], 100));
        Assert.Equal(Pictures[0].Length - 1, splitter.Pending);
        splitter.Clear();
        Assert.Equal([Pictures[1]], Feed(splitter, Pictures[1], 100));
    }

    [Fact]
    public void A_picture_that_never_ends_is_given_up_at_the_limit()
    {
        JpegSplitter splitter = new() { MaxPicture = 300_000 };
        byte[] endless = new byte[400_000];
        Pictures[0].AsSpan(0, Pictures[0].Length - 2).CopyTo(endless);
        List<byte[]> taken = Feed(splitter, [.. endless, .. Pictures[1], .. Pictures[2]], 10_000);
        Assert.Equal([Pictures[1], Pictures[2]], taken);
        Assert.True(splitter.Broken > 0);
    }

    [Fact]
    public void Random_damage_never_throws_and_never_hangs()
    {
        Random random = new(4711);
        byte[] good = [.. FakeJpeg.Make(0, 64, 48), .. FakeJpeg.Make(0, 64, 48)];
        for (int i = 0; i < 5_000; i++)
        {
            byte[] bad = [.. good];
            for (int n = random.Next(1, 6); n > 0; n--)
                bad[random.Next(bad.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
            foreach (byte[] picture in Feed(new JpegSplitter(), bad, 512))
            {
                Assert.Equal([0xFF, 0xD8], picture[..2]);
                Assert.Equal([0xFF, 0xD9], picture[^2..]);
            }
        }
    }

    private static List<byte[]> Feed(JpegSplitter splitter, byte[] stream, int chunk)
    {
        List<byte[]> taken = [];
        int at = 0;
        while (true)
        {
            while (splitter.TryTake(out ReadOnlySpan<byte> picture))
            {
                Assert.True(splitter.Taken.SequenceEqual(picture));
                taken.Add(picture.ToArray());
            }

            if (at == stream.Length)
                return taken;
            Span<byte> room = splitter.Room();
            int count = Math.Min(Math.Min(chunk, room.Length), stream.Length - at);
            stream.AsSpan(at, count).CopyTo(room);
            splitter.Advance(count);
            at += count;
        }
    }
}
