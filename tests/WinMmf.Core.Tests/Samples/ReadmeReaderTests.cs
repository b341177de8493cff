using System;
using WinMmf.Frames;
using WinMmf.Tests.Frames;
using Xunit;

namespace WinMmf.Tests.Samples;

/// <summary>
/// The reader that README.md shows; <c>tests/WinMmf.ArchitectureTests/ReadmeTests.cs</c> finds it if one of both changes.
/// </summary>
public sealed class ReadmeReaderTests
{
    [Fact]
    public void It_reads_to_the_newest_frame()
    {
        using TestChannel channel = new();
        channel.Publish(3);
        Assert.Equal(3, Read(channel.Name.Name, patience: 0));
    }

    private static long Read(string name, int patience)
    {
        // README begins
        using FrameReader reader = FrameReader.Open(name);
        byte[] pixels = new byte[1920 * 1080 * 3];
        long last = 0;
        while (reader.Wait(last, TimeSpan.FromSeconds(patience)))
        {
            if (reader.TryCopyNewest(pixels, out FrameInfo info) == FrameReadStatus.Ok)
                last = info.FrameNumber;
        }

        // README ends
        return last;
    }
}
