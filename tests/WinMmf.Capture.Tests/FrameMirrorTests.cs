using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>The plain memory beside the channel (design C11).</summary>
public sealed class FrameMirrorTests
{
    private readonly SharedName _name = new($"test.mirror.{Guid.NewGuid():N}"[..40], NameScope.Local);
    private readonly List<string> _warnings = [];
    private readonly byte[] _frame = [.. Enumerable.Range(0, 3000).Select(static i => (byte)i)];

    [Fact]
    public void Every_frame_is_there_and_the_lock_is_free_between_frames()
    {
        using FrameMirror mirror = Open();
        using NamedMemory reader = NamedMemory.Open(_name.Name);
        Assert.Equal(3000, reader.DataSize);
        for (int i = 0; i < 5; i++)
        {
            _frame[0] = (byte)i;
            mirror.Write(_frame);
            Assert.Equal(_frame, Data(reader));
            Assert.True(reader.LockWord.IsFree);
        }

        Assert.Equal((5, 0, 0), (mirror.Written, mirror.Skipped, mirror.Waited));
    }

    [Theory]
    [InlineData(2999)]
    [InlineData(30_000_000)]
    public void A_frame_of_another_size_is_left_out_counted_and_said_once(int bytes)
    {
        using FrameMirror mirror = Open();
        using NamedMemory reader = NamedMemory.Open(_name.Name);
        mirror.Write(_frame);
        mirror.Write(new byte[bytes]);
        mirror.Write(new byte[bytes]);
        Assert.Equal(_frame, Data(reader));
        Assert.Equal((1, 2), (mirror.Written, mirror.Skipped));
        Assert.Contains($"{bytes} bytes", Assert.Single(_warnings), StringComparison.Ordinal);
        mirror.Write(_frame);
        Assert.Equal((2, 2), (mirror.Written, mirror.Skipped));
    }

    [Theory]
    [InlineData(0x8000_0000u)]
    [InlineData(1u)]
    [InlineData(0xFF00_0000u)]
    public void A_frame_that_does_not_get_the_lock_is_left_out_and_counted(uint word)
    {
        using FrameMirror mirror = Open();
        using NamedMemory other = NamedMemory.Open(_name.Name);
        mirror.Write(_frame);
        SetWord(other, word);
        byte[] second = new byte[3000];
        mirror.Write(second);
        mirror.Write(second);
        Assert.Equal((1, 2, 0), (mirror.Written, mirror.Skipped, mirror.Waited));
        Assert.Equal(_frame, Data(other));
        Assert.Equal(word, other.LockWord.Value);
        SetWord(other, 0);
        mirror.Write(second);
        Assert.Equal((2, 2, 0), (mirror.Written, mirror.Skipped, mirror.Waited));
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task A_frame_may_wait_for_the_lock_up_to_a_bound()
    {
        using FrameMirror mirror = Open(TimeSpan.FromSeconds(5));
        using NamedMemory other = NamedMemory.Open(_name.Name);
        SetWord(other, 1);
        Task release = Task.Run(() =>
        {
            Thread.Sleep(150);
            SetWord(other, 0);
        });
        mirror.Write(_frame);
        await release;
        Assert.Equal((1, 0, 1), (mirror.Written, mirror.Skipped, mirror.Waited));

        using FrameMirror shorter = new(_name, 3000, [], TimeSpan.FromSeconds(0.1), _warnings.Add);
        SetWord(other, 1);
        long before = MonotonicClock.Now;
        shorter.Write(_frame);
        Assert.InRange((MonotonicClock.Now - before) / 1e9, 0.09, 3);
        Assert.Equal((0, 1, 0), (shorter.Written, shorter.Skipped, shorter.Waited));
    }

    [Fact]
    public void A_lock_that_stays_stuck_is_told_with_the_verdict()
    {
        using FrameMirror mirror = new(_name, 3000, [], TimeSpan.Zero, _warnings.Add) { StuckAfter = TimeSpan.FromSeconds(1) };
        using NamedMemory other = NamedMemory.Open(_name.Name);
        SetWord(other, 0x8000_0000);
        Thread.Sleep(1100);

        // Twice at once: the second is not told again, unless a second passes between the two.
        mirror.Write(_frame);
        mirror.Write(_frame);
        string warning = Assert.Single(_warnings);
        Assert.Contains(nameof(LockVerdict.Foreign), warning, StringComparison.Ordinal);
        Assert.Equal(2, mirror.Skipped);
    }

    [Fact]
    public void A_memory_that_a_winmmf_program_made_first_is_used()
    {
        using NamedMemory first = NamedMemory.Create(_name, 4000);
        using FrameMirror mirror = Open();
        mirror.Write(_frame);
        Assert.Equal(_frame, Data(first));
    }

    [Fact]
    public void A_memory_that_is_too_small_a_channel_or_a_bad_name_is_refused()
    {
        using (NamedMemory small = NamedMemory.Create(_name, 100))
            Assert.Equal(WinMmfErrorId.InvalidSize, Assert.Throws<WinMmfException>(() => Open()).ErrorId);
        using (FrameWriter channel = FrameWriter.Create(new FrameChannelOptions(_name)))
            Assert.Equal(WinMmfErrorId.NotAMemory, Assert.Throws<WinMmfException>(() => Open()).ErrorId);
        Assert.Equal(WinMmfErrorId.InvalidName,
            Assert.Throws<WinMmfException>(
            () => new FrameMirror(new SharedName(new string('a', 57), NameScope.Local), 1, [], TimeSpan.Zero, _warnings.Add)).ErrorId);
        Assert.Equal(WinMmfErrorId.InvalidName,
            Assert.Throws<WinMmfException>(
            () => new FrameMirror(new SharedName("kamera-ä", NameScope.Local), 1, [], TimeSpan.Zero, _warnings.Add)).ErrorId);
    }

    [Fact]
    public void A_mirror_whose_memory_is_too_small_waits_until_it_is_gone_and_counts_what_it_leaves_out()
    {
        NamedMemory small = NamedMemory.Create(_name, 100);
        using (IFrameMirror mirror = WaitingMirror.Open(_name, () => Open(), _warnings.Add, TimeSpan.Zero))
        {
            for (int i = 0; i < 50; i++)
                mirror.Write(_frame);
            Assert.Equal((0, 50, 0), (mirror.Written, mirror.Skipped, mirror.Waited));
            Assert.Contains("100 bytes of data, and a frame has 3000", Assert.Single(_warnings), StringComparison.Ordinal);
            small.Dispose();
            Assert.True(SpinWait.SpinUntil(
                () =>
                {
                    mirror.Write(_frame);
                    return mirror.Written > 0;
                },
                TimeSpan.FromSeconds(60)));
            Assert.Equal(2, _warnings.Count);
            using NamedMemory reader = NamedMemory.Open(_name.Name);
            Assert.Equal(3000, reader.DataSize);
        }

        Assert.Throws<WinMmfException>(() => NamedMemory.Open(_name.Name));
    }

    [Fact]
    public void A_mirror_that_waits_gives_up_when_another_kind_of_object_takes_the_name()
    {
        NamedMemory small = NamedMemory.Create(_name, 100);
        using IFrameMirror mirror = WaitingMirror.Open(_name, () => Open(), _warnings.Add, TimeSpan.Zero);
        small.Dispose();
        using FrameWriter channel = FrameWriter.Create(new FrameChannelOptions(_name));
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                mirror.Write(_frame);
                return _warnings.Count > 1;
            },
            TimeSpan.FromSeconds(60)));
        Assert.Contains("cannot be made anew", _warnings[1], StringComparison.Ordinal);
        Assert.Equal(0, mirror.Written);
        Assert.Equal(WinMmfErrorId.NotAMemory,
            Assert.Throws<WinMmfException>(() => WaitingMirror.Open(_name, () => Open(), _warnings.Add, TimeSpan.Zero)).ErrorId);
    }

    [SkippableFact]
    public void A_memory_that_others_may_write_is_not_mapped_by_the_publisher_itself_whatever_a_look_said_before()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "On Windows nobody can cut a mapped section short.");
        using NamedMemory first = NamedMemory.Create(_name, 4000);
        Assert.False(MirrorTarget.IsDangerous(_name, []));
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode($"/dev/shm/winmmf-{first.OwnerId}.{_name.Name}", (UnixFileMode)0b110_000_110);
        Assert.Equal(WinMmfErrorId.ForeignOwner, Assert.Throws<WinMmfException>(() => Open()).ErrorId);
        FrameMirror.Attach(_name, 3000, [], TimeSpan.Zero, _warnings.Add).Dispose();
    }

    [SkippableFact]
    public void Frames_are_not_poured_into_what_another_account_put_under_the_name_after_the_look()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root can be another account");
        SharedName name = new(_name.Name, NameScope.Global);
        using NamedMemory first = NamedMemory.Create(name, 4000);
        using Process owner = Process.Start("chown", ["61001", $"/dev/shm/winmmf.{name.Name}"]);
        owner.WaitForExit();
        byte[] before = Data(first).ToArray();

        // The child of its own, and the publisher: neither asks by the name.
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameMirror.Attach(name, 3000, [], TimeSpan.Zero, _warnings.Add));
        Assert.Equal((WinMmfErrorId.ForeignOwner, "61001"), (e.ErrorId, e.Facts.Owner));
        Assert.Equal(
            WinMmfErrorId.ForeignOwner,
            Assert.Throws<WinMmfException>(() => new FrameMirror(name, 3000, [], TimeSpan.Zero, _warnings.Add)).ErrorId);
        Assert.Equal(before, Data(first).ToArray());
        FrameMirror.Attach(name, 3000, ["61001"], TimeSpan.Zero, _warnings.Add).Dispose();
    }

    [SkippableTheory]
    [InlineData(0xC000_0000u)]
    [InlineData(0x0100_0001u)]
    public void A_publisher_that_starts_again_frees_what_the_crashed_one_left_while_only_crate_programs_have_the_memory(uint word)
    {
        Skip.If(!OperatingSystem.IsWindows(), "a file on Linux keeps the list of owners too: see LockDeathTests");
        if (!OperatingSystem.IsWindows())
            return;
        FrameMirror crashed = Open();
        crashed.Write(_frame);
        using MemoryMappedFile crate = MemoryMappedFile.OpenExisting($"Local\\{_name.Name}");
        crashed.Dispose();
        using MemoryMappedViewAccessor view = crate.CreateViewAccessor();
        view.Write(0, word);

        using FrameMirror next = Open();
        for (int i = 0; i < 20; i++)
            next.Write(_frame);
        Assert.Equal((20, 0, 0u), (next.Written, next.Skipped, view.ReadUInt32(0)));
        Assert.Contains("was freed", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_memory_that_the_crate_made_takes_no_frame_that_only_its_last_page_could_hold()
    {
        Skip.If(!OperatingSystem.IsWindows(), "sizes are rounded to pages there");
        if (!OperatingSystem.IsWindows())
            return;
        using MemoryMappedFile crate = MemoryMappedFile.CreateNew($"Local\\{_name.Name}", 1024);
        WinMmfException refused =
            Assert.Throws<WinMmfException>(() => new FrameMirror(_name, 3072, [], TimeSpan.Zero, _warnings.Add).Dispose());

        // Under Wine a section without a descriptor has no owner, which is one more reason to refuse. Else it says the size where the
        // system tells it, and what is possible where it does not.
        if (refused.ErrorId != WinMmfErrorId.ForeignOwner)
            Assert.Matches("with 1020 bytes of data|with 1 to 4092 bytes of data", refused.Message);
    }

    [Fact]
    public void The_pump_mirrors_what_it_publishes()
    {
        using Channel channel = new();
        using SyntheticSource source = new(40, 20, PixelFormat.Bgr24, 500);
        source.Prepare(CancellationToken.None);
        using FrameMirror mirror = new(_name, source.Format.PayloadLength, [], TimeSpan.Zero, _warnings.Add);
        FrameFormat format = source.Format;
        int checkedFrames = 0;
        channel.Pump(source, configure: p =>
        {
            p.FrameLimit = 20;
            p.Mirror = mirror;
            p.Progress += () =>
            {
                FrameCopy copy = FrameCopy.TakeFromWinMmf(_name.Name, null, format, TimeSpan.Zero);
                Assert.True(SyntheticPayload.IsWhole(copy.Data, out long number));
                Assert.Equal(p.Published, number);
                checkedFrames++;
            };
        });
        Assert.Equal((20, 20, 20), (checkedFrames, mirror.Written, channel.Hashes.Count));
    }

    private static unsafe ReadOnlySpan<byte> Data(NamedMemory memory) => new((void*)memory.Data, 3000);

    private static unsafe void SetWord(NamedMemory memory, uint word) => Volatile.Write(ref *(uint*)(memory.Data - LockWord.Size), word);

    private FrameMirror Open(TimeSpan wait = default) => new(_name, 3000, [], wait, _warnings.Add);
}
