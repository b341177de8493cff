using System;
using System.Runtime.InteropServices;
using System.Text;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Processes;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>
/// Pins the layout byte by byte. What the code writes for the examples of docs/protocol.md section 16 must be the bytes that stand there;
/// for living objects the offsets are written out and not taken from the layout classes: a change there must fail here.
/// </summary>
public sealed unsafe class GoldenBytesTests
{
    private const ulong Host = 0x1122_3344_5566_7788;
    private const long Created = 1_700_000_000_000_000_000;
    private static readonly SharedName Cam1 = new("cam1", NameScope.Local);
    private static readonly FolderTie Tie = new(1000, "0123456789abcdef");
    private static readonly ProcessIdentity Publisher = new(4242, 123_456, Host);

    private static byte[] Bytes(SharedSection section, int offset, int count) =>
        new ReadOnlySpan<byte>(section.Address + offset, count).ToArray();

    private static uint U32(SharedSection section, int offset) => BitConverter.ToUInt32(Bytes(section, offset, 4), 0);

    private static ulong U64(SharedSection section, int offset) => BitConverter.ToUInt64(Bytes(section, offset, 8), 0);

    [Fact]
    public void Control_as_the_protocol_shows_it()
    {
        using MemorySection control = new(ControlLayout.Size);
        byte* c = control.Address;
        new ControlDescription
        {
            Epoch = 1,
            Slots = 4,
            Generation = 1,
            FrameRateMillihertz = 30_000,
            SlotCapacity = 65_536,
            CreatedAt = Created,
            UnixOffset = Created - 1_000_000_000_000,
            Owner = Publisher,
            Writer = Publisher,
            Source = "synthetic",
            Account = "ann",
        }.Write(control);
        *(uint*)(c + ControlLayout.State) = (uint)ChannelState.Live;
        ChannelClaim.Heartbeat(control, 1_005_000_000_000);
        *(uint*)(c + ControlLayout.Newest) = 0x101;
        *(uint*)(c + ControlLayout.Gate) = 0x101;
        CounterBlock.Add(c, ControlLayout.PublishedCounter, 1);
        CounterBlock.Add(c, ControlLayout.RowsGivenCounter, 1);
        *SlotDescriptor.SequenceOf(c, 0) = 4;
        new SlotDescriptor
        {
            Generation = 1,
            FrameNumber = 1,
            CapturedAt = 1_004_900_000_000,
            PublishedAt = 1_005_000_000_000,
            Width = 16,
            Height = 8,
            Stride = 16,
            PixelFormat = PixelFormat.Gray8,
            PayloadLength = 128,
            Flags = (uint)FrameFlags.Discontinuity,
            Epoch = 1,
        }.Write<SharedStepMemory>(c, 0);
        SectionAnchor.Write(c, SectionKind.Control, ControlLayout.Size, Cam1, Tie);
        AssertSame(GoldenBytes.Find("Control: four slots of 64 KiB", ControlLayout.Size), Bytes(control, 0, ControlLayout.Size));
    }

    [Fact]
    public void Retired_pixels_as_the_protocol_shows_them()
    {
        using MemorySection section = new((int)PixelsLayout.TotalSize(4, 65_536));
        using MemorySection control = new(ControlLayout.Size);
        byte* p = section.Address;
        *(uint*)(p + PixelsLayout.GenerationOffset) = 1;
        *(uint*)(p + PixelsLayout.SlotCountOffset) = 4;
        *(long*)(p + PixelsLayout.SlotCapacityOffset) = 65_536;
        SectionAnchor.Write(p, SectionKind.Pixels, PixelsLayout.Alignment, Cam1, Tie);
        for (int i = 0; i < 4; i++)
            *SlotDescriptor.SequenceOf(control.Address, i) = (uint)(i == 0 ? 8 : i < 3 ? 4 : 0);
        using (PixelsSection pixels = PixelsSection.TryUse(section, Cam1, 1)!)
            pixels.Retire(control.Address);
        AssertSame(GoldenBytes.Find("Pixels, generation 1, as made", 4096), Bytes(section, 0, 4096));
    }

    [Fact]
    public void Owner_file_as_the_protocol_shows_it()
    {
        using MemorySection section = new(OwnerLayout.Size);
        OwnerRecord.Write(section.Address, SectionKind.Control, Cam1, Tie, Publisher);
        AssertSame(GoldenBytes.Find("Owner file of that channel", OwnerLayout.Size), Bytes(section, 0, OwnerLayout.Size));
    }

    [Fact]
    public void A_row_as_the_protocol_shows_it()
    {
        using MemorySection section = new(RowLayout.Size);
        RowRecord.Write(section.Address, new ProcessIdentity(4343, 223_456, Host), Created + 1_000_000_000, "viewer");
        section.Address[RowLayout.Lease] = 1;
        AssertSame(GoldenBytes.Find("A row: reader pid 4343", RowLayout.Size), Bytes(section, 0, RowLayout.Size));
    }

    [Fact]
    public void A_companion_as_the_protocol_shows_it()
    {
        using MemorySection section = new(HoldersLayout.Size);
        MemoryOrigin.Write(section, Publisher, Created, "ann", 1000, default, "");
        *(ulong*)(section.Address + HoldersLayout.InodeOffset) = 77;
        SectionAnchor.Write(section.Address, SectionKind.Holders, HoldersLayout.Size, new SharedName("box", NameScope.Global),
            new FolderTie(1000, "fedcba9876543210"));
        AssertSame(GoldenBytes.Find("Companion of the plain memory `box`", HoldersLayout.Size), Bytes(section, 0, HoldersLayout.Size));
    }

    [Fact]
    public void A_living_channels_control()
    {
        SharedName name = new("golden-" + Guid.NewGuid().ToString("N"), NameScope.Local);
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name)
        {
            Slots = 5,
            PayloadCapacity = 65_537,
            FrameRate = 29.97,
            Source = "Größe",
            OpenControlPipe = static _ => "endpoint",
        });
        using SharedSection control = PlatformServices.Current.Sections.TryOpen(name, writable: false)!;
        Assert.Equal("574D46FF" + "43484E4C" + "00000100" + "00200000" + "00010000" + "01000000", Hex(Bytes(control, 0, 24)));
        Assert.Equal((uint)name.Name.Length, U32(control, 0x18));
        Assert.Equal(name.Name + new string('\0', 208 - name.Name.Length), Encoding.UTF8.GetString(Bytes(control, 0x20, 208)));
        string tie = Encoding.ASCII.GetString(Bytes(control, 0xF0, 16));
        Assert.Matches(OperatingSystem.IsLinux() ? "^[0-9a-f]{16}$" : "^\0{16}$", tie);
        Assert.Equal(4u, U32(control, 0x100));
        Assert.Equal(1u, U32(control, 0x104));
        Assert.Equal(5u, U32(control, 0x108));
        Assert.Equal(63u, U32(control, 0x10C));
        Assert.Equal(1u, U32(control, 0x110));
        Assert.Equal(29_970u, U32(control, 0x114));
        Assert.Equal(131_072ul, U64(control, 0x118));
        Assert.InRange((DateTime.UtcNow - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc)
            .AddTicks((long)U64(control, 0x120) / 100)).TotalSeconds, -1, 60);
        for (int identity = 0x130; identity <= 0x148; identity += 0x18)
        {
            Assert.Equal((uint)Environment.ProcessId, U32(control, identity));
            Assert.Equal(0u, U32(control, identity + 4));
            Assert.NotEqual(0ul, U64(control, identity + 8));
        }

        Assert.Equal(0u, U32(control, 0x170));
        Assert.Equal("Größe" + new string('\0', 121), Encoding.UTF8.GetString(Bytes(control, 0x180, 128)));
        Assert.Equal("endpoint" + new string('\0', 120), Encoding.UTF8.GetString(Bytes(control, 0x200, 128)));
        Assert.NotEqual(0, Bytes(control, 0x280, 1)[0]);
    }

    [Fact]
    public void State_newest_gate_counters_and_slots()
    {
        using TestChannel channel = new(width: 16, height: 8);
        using SharedSection control = PlatformServices.Current.Sections.TryOpen(channel.Name, writable: false)!;
        Assert.Equal(0u, U32(control, 0x400));
        Assert.NotEqual(0u, U32(control, 0x404));
        Assert.Equal(0u, U32(control, 0x480));
        channel.Publish();
        Assert.Equal(1u, U32(control, 0x400));
        uint newest = U32(control, 0x480);
        Assert.Equal(1u, newest >> 8);
        Assert.Equal(newest, U32(control, 0x484));
        int slot = 0x800 + (128 * (int)((newest & 0xFF) - 1));
        Assert.Equal(4u, U32(control, slot));
        Assert.Equal(1u, U32(control, slot + 0x04));
        Assert.Equal(1ul, U64(control, slot + 0x08));
        Assert.Equal(U64(control, slot + 0x10), U64(control, slot + 0x18));
        Assert.Equal("10000000" + "08000000" + "10000000" + "47524559" + "80000000" + "01000000" + "01000000" + "00000000",
            Hex(Bytes(control, slot + 0x20, 32)));
        Assert.Equal(1ul, U64(control, 0x500));
        for (int counter = 0x508; counter <= 0x558; counter += 8)
            Assert.Equal(0ul, U64(control, counter));
        channel.Publish(2);
        Assert.Equal(3u, U32(control, 0x480) >> 8);
        Assert.Equal(3ul, U64(control, 0x500));
    }

    [Fact]
    public void Living_pixels()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish();
        using SharedSection control = PlatformServices.Current.Sections.TryOpen(channel.Name, writable: false)!;
        using SharedSection pixels = PlatformServices.Current.Channels.TryOpenPixels(channel.Name, control, 1)!;
        Assert.Equal("574D46FF" + "5049584C" + "00000100" + "00000100" + "00010000" + "01000000", Hex(Bytes(pixels, 0, 24)));
        Assert.Equal(Hex(Bytes(control, 0xF0, 16)), Hex(Bytes(pixels, 0xF0, 16)));
        Assert.Equal("01000000" + "04000000" + "0000010000000000" + "00000000", Hex(Bytes(pixels, 0x100, 20)));
        int slot = (int)(U32(control, 0x480) & 0xFF) - 1;
        Assert.Equal(new string('\u0001', 128), Encoding.ASCII.GetString(Bytes(pixels, 65_536 + (slot * 65_536), 128)));
        Assert.True(pixels.Size >= 65_536 * 5);
    }

    [Fact]
    public void A_plain_memory_and_its_companion()
    {
        SharedName name = new("golden-" + Guid.NewGuid().ToString("N"), NameScope.Local);
        using NamedMemory memory = NamedMemory.Create(name, 1000);
        using SharedSection section = PlatformServices.Current.Sections.TryOpen(name, writable: false)!;
        Assert.Equal(new string('0', 2008), Hex(Bytes(section, 0, 1004)));
        *(byte*)memory.Data = 0x5A;
        Assert.Equal(0x5A, Bytes(section, 4, 1)[0]);
        using SharedSection companion = PlatformServices.Current.Memories.TryOpenCompanion(name, writable: false)!;
        Assert.Equal("574D46FF" + "484C4452" + "00000100" + "00200000" + "00010000" + "01000000", Hex(Bytes(companion, 0, 24)));
        Assert.Equal("40000000" + "00000000" + "E803000000000000", Hex(Bytes(companion, 0x100, 16)));
        Assert.Equal((uint)Environment.ProcessId, U32(companion, 0x110));
        Assert.Equal(OperatingSystem.IsLinux(), U64(companion, 0x1A0) != 0);
        Assert.Equal(new string('0', 2 * 64 * 112), Hex(Bytes(companion, 0x200, 64 * 112)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    /// <summary>Says where the first difference is: 8,192 bytes of text say nothing.</summary>
    private static void AssertSame(byte[] expected, byte[] actual)
    {
        for (int i = 0; i < expected.Length; i += 16)
            Assert.Equal($"{i:X4}  {Hex(expected[i..(i + 16)])}", $"{i:X4}  {Hex(actual[i..(i + 16)])}");
    }

    /// <summary>Memory of this process in a section's place.</summary>
    private sealed class MemorySection(int size) : SharedSection
    {
        private readonly byte* _address = AllocateZeroed(size);

        public override byte* Address => _address;

        public override long Size => size;

        public override string Owner => "";

        public override bool IsOwnedByCaller => true;

        public override bool CanOthersWrite => false;

        public override AccessPolicy? ReadPolicy() => null;

        public override bool IsWhole() => true;

        public override WinMmf.Residency.ResidentBytes Measure() => default;

        public override void Dispose()
        {
            // The memory is a test's: a section may be disposed by who uses it, and looked at after that.
        }

        private static byte* AllocateZeroed(int size)
        {
            byte* memory = (byte*)Marshal.AllocHGlobal(size);
            for (int i = 0; i < size; i++)
                memory[i] = 0;
            return memory;
        }
    }
}
