using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>Frames that a winmmf program publishes: raw pixels behind the lock word.</summary>
public sealed unsafe class WinMmfFrameTests : IDisposable
{
    private static readonly FrameFormat Format = FrameFormat.Packed(8, 4, PixelFormat.Bgr24);
    private readonly NamedMemory _memory;
    private readonly byte[] _frame = new byte[Format.PayloadLength];

    public WinMmfFrameTests()
    {
        new Random(1).NextBytes(_frame);
        _memory = NamedMemory.Create(new SharedName($"test.winmmf.{Guid.NewGuid():N}", NameScope.Local), Format.PayloadLength);
        Marshal.Copy(_frame, 0, _memory.Data, _frame.Length);
    }

    private ref uint Word => ref *(uint*)(_memory.Data - LockWord.Size);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_frame_is_copied_under_the_lock_which_is_given_back()
    {
        FrameCopy copy = Take(TimeSpan.Zero);
        Assert.Equal(_frame, copy.Data);
        Assert.Equal((0L, Format, _memory.Name), (copy.Info.FrameNumber, copy.Info.Format, copy.Name));
        Assert.Equal(0u, Word);
    }

    [Fact]
    public void Other_readers_do_not_keep_it_out()
    {
        Word = 3;
        Assert.Equal(_frame, Take(TimeSpan.Zero).Data);
        Assert.Equal(3u, Word);
    }

    [Fact]
    public void A_lock_that_is_stuck_is_an_error_within_the_time_and_says_what_to_do()
    {
        // A foreign writer that was killed.
        Word = 0x8000_0000;
        Stopwatch watch = Stopwatch.StartNew();
        WinMmfException e = Assert.Throws<WinMmfException>(() => Take(TimeSpan.FromSeconds(0.3)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.25, 60);
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
        Assert.Contains(_memory.Name.Name, e.Message, StringComparison.Ordinal);
        Assert.Equal(0x8000_0000u, Word);
    }

    [Fact]
    public void A_word_that_makes_no_sense_is_an_error()
    {
        Word = 0xFF00_0000;
        Assert.Throws<WinMmfException>(() => Take(TimeSpan.FromSeconds(0.1)));
    }

    [Fact]
    public void A_memory_that_is_too_small_or_a_compressed_format_is_refused()
    {
        // Under Windows a memory is whole pages, but its companion says where the data ends.
        Assert.Equal(WinMmfErrorId.InvalidSize,
            Assert.Throws<WinMmfException>(() => FrameCopy.TakeFromWinMmf(
            _memory.Name.Name, null, FrameFormat.Packed(800, 600, PixelFormat.Bgr24), TimeSpan.Zero)).ErrorId);
        Assert.Equal(WinMmfErrorId.InvalidFormat,
            Assert.Throws<WinMmfException>(
            () => FrameCopy.TakeFromWinMmf(_memory.Name.Name, null, FrameFormat.Jpeg(8, 8, 10), TimeSpan.Zero)).ErrorId);
        Assert.Equal(WinMmfErrorId.NotFound,
            Assert.Throws<WinMmfException>(() => FrameCopy.TakeFromWinMmf("no." + _memory.Name.Name, null, Format, TimeSpan.Zero)).ErrorId);
    }

    [Fact]
    public void Who_keeps_a_memory_alive_stands_in_its_companion()
    {
        Assert.Equal("", _memory.Origin!.KeeperEndpoint);
        string name = _memory.Name.Name + ".kept";
        string? folder = "none";
        using NamedMemory kept = NamedMemory.Create(new SharedName(name, NameScope.Local), 100, new NamedMemoryOptions
        {
            OpenKeeperPipe = path =>
            {
                folder = path;
                return path + "/control";
            },
        });
        using NamedMemory opened = NamedMemory.Open(name);
        Assert.Equal(folder + "/control", opened.Origin!.KeeperEndpoint);
    }

    [SkippableFact]
    public void An_end_point_outside_the_memorys_own_folder_is_not_followed()
    {
        Given.SkipUnlessLinux();
        string name = _memory.Name.Name + ".kept";
        using NamedMemory kept = NamedMemory.Create(new SharedName(name, NameScope.Local), 100, new NamedMemoryOptions
        {
            OpenKeeperPipe = static _ => "/dev/shm/winmmf-0-0123456789abcdef/control",
        });
        Assert.Equal("", kept.Origin!.KeeperEndpoint);
    }

    private FrameCopy Take(TimeSpan timeout) => FrameCopy.TakeFromWinMmf(_memory.Name.Name, null, Format, timeout);
}
