using System;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>On Linux a file can be cut short under a map; touching the map then kills the process. Windows refuses that.</summary>
public sealed class TruncationTests
{
    [SkippableTheory]
    [InlineData("")]
    [InlineData("pixels.1")]
    public void A_section_cut_short_while_in_use_is_an_error_and_not_the_end_of_the_reader(string part)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Windows sections cannot shrink.");
        using TestChannel channel = new(width: 500, height: 500);
        channel.Publish();
        byte[] data = new byte[channel.Format.PayloadLength];
        using FrameReader reader = channel.OpenReader();
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out _));
        using FileStream file = new(PathOf(channel, part), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        long length = file.Length;
        file.SetLength(0);

        // The size is queried every 16 ms.
        Thread.Sleep(50);
        try
        {
            Assert.Equal(WinMmfErrorId.Truncated, Assert.Throws<WinMmfException>(() => reader.TryCopyNewest(data, out _)).ErrorId);
            Assert.Equal(WinMmfErrorId.Truncated, Assert.Throws<WinMmfException>(() => reader.TryLeaseNewest(out _)).ErrorId);
            if (part.Length == 0)
                Assert.Equal(
                    WinMmfErrorId.Truncated, Assert.Throws<WinMmfException>(() => reader.Wait(1, TimeSpan.FromSeconds(1))).ErrorId);

            // Longer than a heartbeat: the publisher survives too, and reports why it cannot continue.
            Thread.Sleep(600);
            Assert.Equal(WinMmfErrorId.Truncated,
                Assert.Throws<WinMmfException>(() => channel.Writer.TryBegin(channel.Format, out FrameSlot _)).ErrorId);
        }
        finally
        {
            file.SetLength(length);
        }
    }

    [SkippableFact]
    public void A_pixels_section_smaller_than_its_header_says_is_refused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Windows sections cannot shrink.");
        using TestChannel channel = new(width: 500, height: 500);
        channel.Publish();
        using FileStream file = new(PathOf(channel, "pixels.1"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        long length = file.Length;
        file.SetLength(length - 4096);
        using FrameReader reader = channel.OpenReader();
        WinMmfException e = Assert.Throws<WinMmfException>(() => reader.TryCopyNewest(new byte[channel.Format.PayloadLength], out _));
        Assert.Equal(WinMmfErrorId.Truncated, e.ErrorId);
        file.SetLength(length);
    }

    [SkippableFact]
    public void A_plain_memory_cut_short_is_an_error()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Windows sections cannot shrink.");
        SharedName name = Given.NewName();
        using NamedMemory memory = NamedMemory.Create(name, 10_000);
        using FileStream file = new(LinuxGiven.PathOf(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(100);
        Assert.Equal(WinMmfErrorId.Truncated, Assert.Throws<WinMmfException>(() => memory.LockWord).ErrorId);
        Assert.Equal(WinMmfErrorId.Truncated, Assert.Throws<WinMmfException>(() => memory.Data).ErrorId);
    }

    private static string PathOf(TestChannel channel, string part) =>
        part.Length == 0 ? LinuxGiven.PathOf(channel.Name) : LinuxGiven.PartOf(channel.Name, part);
}
