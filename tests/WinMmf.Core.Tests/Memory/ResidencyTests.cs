using System;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Residency;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Memory;

/// <summary>Memory that is not paged out (design N7): what counts is what the system says, not what was asked for.</summary>
public sealed class ResidencyTests
{
    private const int Megabytes = 4;
    private const int Size = Megabytes << 20;

    [SkippableFact]
    public unsafe void Locked_memory_is_locked_as_the_system_says()
    {
        SharedName name = Given.NewName();
        using NamedMemory memory = NamedMemory.Create(name, Size, new NamedMemoryOptions { Residency = MemoryResidency.Locked });
        ((byte*)memory.Data)[Size - 1] = 7;
        using NamedMemory opened = NamedMemory.Open(name.Name, name.Scope);
        Assert.Equal(7, ((byte*)opened.Data)[Size - 1]);
        SkipUnlessConfirmed();

        Assert.InRange(memory.MeasureResident().Locked, Size, Size + 65_536);
        Assert.Equal(memory.MeasureResident(), SharedMemoryCatalogue.Look(name)!.Resident);

        // The other mapping does not count: it was not locked.
        Assert.Equal(0, opened.MeasureResident().Locked);
        Assert.Equal(memory.MeasureResident(), opened.Origin!.Resident);
    }

    [Fact]
    public void What_was_not_asked_for_is_not_claimed()
    {
        SharedName name = Given.NewName();
        using NamedMemory memory = NamedMemory.Create(name, Size);
        Assert.Equal(default, memory.MeasureResident());
        Assert.Equal(default, SharedMemoryCatalogue.Look(name)!.Resident);
    }

    [SkippableFact]
    public void A_channels_frames_are_locked_also_after_it_has_grown()
    {
        SkipUnlessConfirmed();
        SharedName name = Given.NewName();
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(name) { PayloadCapacity = 100_000, Residency = MemoryResidency.Locked });
        long before = writer.Resident.Locked;
        Assert.True(before >= 4 * 100_000);
        Assert.Equal(before, SharedMemoryCatalogue.Look(name)!.Resident.Locked);

        FrameFormat larger = FrameFormat.Packed(1000, 500, PixelFormat.Gray8);
        Assert.True(writer.TryBegin(larger, out FrameSlot slot));
        writer.Publish(slot);

        Assert.True(writer.Resident.Locked >= 4 * 500_000);
        Assert.Equal(writer.Resident, SharedMemoryCatalogue.Look(name)!.Channel!.Resident);
    }

    [SkippableFact]
    public void Who_takes_a_channel_over_locks_its_frames_too()
    {
        SkipUnlessConfirmed();
        SharedName name = Given.NewName();
        FrameFormat format = FrameFormat.Packed(100, 100, PixelFormat.Gray8);
        FrameWriter first = FrameWriter.Create(new FrameChannelOptions(name) { PayloadCapacity = format.PayloadLength });
        first.TryBegin(format, out FrameSlot slot);
        first.Publish(slot);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        first.Dispose();

        using FrameWriter second = FrameWriter.Create(
            new FrameChannelOptions(name) { PayloadCapacity = format.PayloadLength, Residency = MemoryResidency.Locked });
        second.TryBegin(format, out slot);
        long number = second.Publish(slot);

        Assert.True(second.TookOver);
        Assert.True(second.Resident.Locked >= 4 * format.PayloadLength);
        byte[] data = new byte[format.PayloadLength];
        Assert.True(reader.Wait(number - 1, TimeSpan.FromSeconds(60)));
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(number - 1, data, out FrameInfo info));
        Assert.Equal(number, info.FrameNumber);
    }

    [SkippableFact]
    public unsafe void Large_pages_are_there_and_others_open_them_as_any_memory()
    {
        SharedName name = Given.NewName();
        using NamedMemory memory = CreateLarge(name);
        using NamedMemory reader = NamedMemory.Open(name.Name, name.Scope, writable: false);
        using Peer peer = Peer.Start();
        peer.Must("memory", "m", name.Name, name.Scope);
        *(ulong*)memory.Data = 4711;
        ((byte*)memory.Data)[Size - 1] = 9;

        Assert.Equal("4711", peer.Must("sum", "", "m")[1]);
        Assert.Equal(9, ((byte*)reader.Data)[Size - 1]);
        Assert.Equal(Size, memory.DataSize);
        Assert.Equal(Size, reader.DataSize);
        if (OperatingSystem.IsLinux())
            Assert.True(memory.MeasureResident().LargePages >= Size, $"{memory.MeasureResident().LargePages} bytes");
        Assert.Equal(memory.MeasureResident(), SharedMemoryCatalogue.Look(name)!.Resident);
    }

    [SkippableFact]
    public void A_channel_of_large_pages_is_read_as_any_other()
    {
        SharedName name = Given.NewName();
        CreateLarge(Given.NewName()).Dispose();
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(name) { PayloadCapacity = 1_000_000, Residency = MemoryResidency.LargePages });
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        FrameFormat format = FrameFormat.Packed(1000, 1000, PixelFormat.Gray8);
        writer.TryBegin(format, out FrameSlot slot);
        slot.Span.Fill(5);
        writer.Publish(slot);
        byte[] data = new byte[format.PayloadLength];

        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(0, data, out _));
        Assert.True(data.All(value => value == 5));
        if (OperatingSystem.IsLinux())
            Assert.True(writer.Resident.LargePages >= 4_000_000);
    }

    [SkippableFact]
    public void On_Windows_a_size_is_made_whole_large_pages()
    {
        Skip.IfNot(OperatingSystem.IsWindows(), "Linux asks the kernel.");
        long page = (long)Kernel32.GetLargePageMinimum().ToUInt64();
        Skip.If(page == 0, "This machine has no large pages.");
        Assert.Equal(page, WindowsResidency.RoundUpToLargePages(1));
        Assert.Equal(page, WindowsResidency.RoundUpToLargePages(page));
        Assert.Equal(2 * page, WindowsResidency.RoundUpToLargePages(page + 1));
    }

    [SkippableFact]
    public void Refusals_of_large_pages_name_the_privilege_or_the_setting()
    {
        if (OperatingSystem.IsWindows())
        {
            WinMmfException refused = WindowsError.LargePagesRefused(@"Local\x", Win32Error.ERROR_PRIVILEGE_NOT_HELD);
            Assert.Equal(WinMmfErrorId.PrivilegeNotHeld, refused.ErrorId);
            Assert.Equal("SeLockMemoryPrivilege", refused.Facts.Right);
            return;
        }

        WinMmfException none = LinuxError.LargePages(Given.NewName(), "", "always [never] deny", 22);
        Assert.Equal(WinMmfErrorId.LargePagesUnavailable, none.ErrorId);
        Assert.Contains("always [never] deny", none.Message, StringComparison.Ordinal);
        Assert.Equal(WinMmfErrorId.OutOfLargePages, LinuxError.LargePages(Given.NewName(), "", "", 12).ErrorId);
    }

    [Fact]
    public void Only_the_mapping_asked_about_is_counted()
    {
        string[] smaps =
        [
            "7f0000000000-7f0000200000 rw-s 00000000 00:1b 5 /dev/shm/#5 (deleted)",
            "Rss:                2048 kB",
            "ShmemPmdMapped:     2048 kB",
            "Locked:              512 kB",
            "VmFlags: rd wr sh mr mw me ms lo hg",
            "7f0000200000-7f0000400000 rw-s 00000000 00:1b 6 /dev/shm/other",
            "Rss:                2048 kB",
            "ShmemPmdMapped:     2048 kB",
            "VmFlags: rd wr sh mr mw me ms lo",
            "7f0000400000-7f0000500000 rw-s 00000000 00:1b 7 /dev/shm/third",
            "Rss:                  12 kB",
            "ShmemPmdMapped:        0 kB",
            "VmFlags: rd wr sh mr mw me ms",
        ];
        Assert.Equal(new ResidentBytes(2 << 20, 2 << 20), LinuxResidency.Parse(smaps, 0x7f0000000000, 0x7f0000200000));
        Assert.Equal(default, LinuxResidency.Parse(smaps, 0x7f0000400000, 0x7f0000500000));
        Assert.Equal(new ResidentBytes(4 << 20, 4 << 20), LinuxResidency.Parse(smaps, 0x7f0000000000, 0x7f0000400000));
    }

    private static NamedMemory CreateLarge(SharedName name)
    {
        try
        {
            return NamedMemory.Create(name, Size, new NamedMemoryOptions { Residency = MemoryResidency.LargePages });
        }
        catch (WinMmfException e) when (e.ErrorId
            is WinMmfErrorId.PrivilegeNotHeld or WinMmfErrorId.NotSupported or WinMmfErrorId.OutOfSharedMemory)
        {
            throw new SkipException(e.Message);
        }
    }

    /// <summary>Wine locks pages and does not say so.</summary>
    private static void SkipUnlessConfirmed()
    {
        using NamedMemory probe = NamedMemory.Create(Given.NewName(), 4096, new NamedMemoryOptions { Residency = MemoryResidency.Locked });
        Skip.If(
            OperatingSystem.IsWindows() && probe.MeasureResident().Locked == 0, "This Windows (Wine) does not say which pages are locked.");
    }
}
