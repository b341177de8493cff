using System;
using System.Text;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>
/// Pins the layout of docs/protocol.md byte by byte. The offsets here are written out and not taken from the
/// layout classes: a change there must fail here.
/// </summary>
public sealed unsafe class GoldenBytesTests
{
    private static byte[] Bytes(SharedSection section, int offset, int count) =>
        new ReadOnlySpan<byte>(section.Address + offset, count).ToArray();

    private static uint U32(SharedSection section, int offset) => BitConverter.ToUInt32(Bytes(section, offset, 4));

    private static ulong U64(SharedSection section, int offset) => BitConverter.ToUInt64(Bytes(section, offset, 8));

    private static SharedSection Open(SharedName name, string suffix) =>
        PlatformServices.Current.Sections.TryOpen(name, suffix, writable: false)!;

    [Fact]
    public void Control_anchor()
    {
        using TestChannel channel = new();
        using SharedSection control = Open(channel.Name, "");
        string expected = "574D46FF" + "43484E4C" + "00000100" + "00100000" + "40000000" + new string('0', 88);
        Assert.Equal(expected, Convert.ToHexString(Bytes(control, 0, 64)));
    }

    [Fact]
    public void Control_description()
    {
        SharedName name = new("golden-" + Guid.NewGuid().ToString("N"), NameScope.Local);
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name)
        {
            Slots = 5,
            PayloadCapacity = 65_537,
            FrameRate = 29.97,
            Source = "Größe",
            ControlEndpoint = "endpoint",
        });
        using SharedSection control = Open(name, "");
        Assert.Equal(0u, U32(control, 0x40) & 1);
        Assert.Equal(1u, U32(control, 0x44));
        Assert.Equal(5u, U32(control, 0x48));
        Assert.Equal(64u, U32(control, 0x4C));
        Assert.Equal(1u, U32(control, 0x50));
        Assert.Equal(29_970u, U32(control, 0x54));
        Assert.Equal(131_072ul, U64(control, 0x58));
        Assert.InRange((DateTime.UtcNow - DateTime.UnixEpoch.AddTicks((long)U64(control, 0x60) / 100)).TotalSeconds, -1, 60);
        for (int identity = 0x70; identity <= 0x88; identity += 0x18)
        {
            Assert.Equal((uint)Environment.ProcessId, U32(control, identity));
            Assert.Equal(0u, U32(control, identity + 4));
            Assert.NotEqual(0ul, U64(control, identity + 8));
        }

        Assert.Equal("Größe" + new string('\0', 121), Encoding.UTF8.GetString(Bytes(control, 0xB0, 128)));
        Assert.Equal("endpoint" + new string('\0', 120), Encoding.UTF8.GetString(Bytes(control, 0x130, 128)));
        Assert.NotEqual(0, Bytes(control, 0x1B0, 1)[0]);
    }

    [Fact]
    public void State_newest_counters_and_slots()
    {
        using TestChannel channel = new(width: 16, height: 8);
        using SharedSection control = Open(channel.Name, "");
        Assert.Equal(0u, U32(control, 0x200));
        Assert.Equal(0u, U32(control, 0x280));
        channel.Publish();
        Assert.Equal(1u, U32(control, 0x200));
        uint newest = U32(control, 0x280);
        Assert.Equal(1u, newest >> 8);
        int slot = 0x400 + (128 * (int)((newest & 0xFF) - 1));
        Assert.Equal(4u, U32(control, slot));
        Assert.Equal(1u, U32(control, slot + 0x04));
        Assert.Equal(1ul, U64(control, slot + 0x08));
        Assert.Equal(U64(control, slot + 0x10), U64(control, slot + 0x18));
        Assert.Equal("10000000" + "08000000" + "10000000" + "47524559" + "80000000" + "01000000" + "01000000" + "00000000",
            Convert.ToHexString(Bytes(control, slot + 0x20, 32)));
        Assert.Equal(1ul, U64(control, 0x300));
        for (int counter = 0x308; counter <= 0x330; counter += 8)
            Assert.Equal(0ul, U64(control, counter));
        channel.Publish(2);
        Assert.Equal(3u, U32(control, 0x280) >> 8);
        Assert.Equal(3ul, U64(control, 0x300));
    }

    [Fact]
    public void Pixels_section()
    {
        using TestChannel channel = new(slots: 4);
        channel.Publish();
        using SharedSection control = Open(channel.Name, "");
        using SharedSection pixels = Open(channel.Name, ".pixels.1");
        Assert.Equal(
            "574D50FF" + "00000100" + "01000000" + "04000000" + "0000010000000000" + "00000000", Convert.ToHexString(Bytes(pixels, 0, 28)));
        int slot = (int)(U32(control, 0x280) & 0xFF) - 1;
        Assert.Equal(new string('\u0001', 128), Encoding.ASCII.GetString(Bytes(pixels, 65_536 + (slot * 65_536), 128)));
        Assert.True(pixels.Size >= 65_536 * 5);
    }

    [Fact]
    public void Registry()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader(label: "scanner");
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        byte[] all = new byte[4096];
        using ReaderRegistry registry = PlatformServices.Current.Registries.TryOpen(channel.Name)!;
        fixed (byte* to = all)
            registry.Snapshot(to);
        Assert.Equal("574D52FF" + "00000100" + "40000000", Convert.ToHexString(all, 0, 12));
        Span<byte> row = all.AsSpan(64, 64);
        Assert.Equal((uint)Environment.ProcessId, BitConverter.ToUInt32(row));
        Assert.NotEqual(0u, BitConverter.ToUInt32(row[4..]));
        Assert.Equal((uint)BitConverter.ToUInt64(row[0x10..]), BitConverter.ToUInt32(row[4..]));
        Assert.InRange(BitConverter.ToUInt32(row[8..]), 0x41u, 0x44u);
        Assert.Equal(0u, BitConverter.ToUInt32(row[12..]));
        Assert.Equal("scanner", Encoding.UTF8.GetString(row[0x28..]).TrimEnd('\0'));
        Assert.True(lease.End());
        fixed (byte* to = all)
            registry.Snapshot(to);
        Assert.Equal(0u, BitConverter.ToUInt32(all, 64 + 8));
    }

    [Fact]
    public void Plain_memory_and_its_companion()
    {
        SharedName name = new("golden-" + Guid.NewGuid().ToString("N"), NameScope.Local);
        using NamedMemory memory = NamedMemory.Create(name, 1000);
        using SharedSection section = Open(name, "");
        Assert.Equal(new string('0', 2008), Convert.ToHexString(Bytes(section, 0, 1004)));
        *(byte*)memory.Data = 0x5A;
        Assert.Equal(0x5A, Bytes(section, 4, 1)[0]);
        using SharedSection companion = Open(name, ".holders");
        Assert.Equal("574D48FF" + "00000100" + "40000000" + "00000000" + "E803000000000000", Convert.ToHexString(Bytes(companion, 0, 24)));
        Assert.Equal((uint)Environment.ProcessId, U32(companion, 0x18));
        Assert.InRange((DateTime.UtcNow - DateTime.UnixEpoch.AddTicks((long)U64(companion, 0x30) / 100)).TotalSeconds, -1, 60);
        Assert.Equal(new string('0', 2 * 64 * 96), Convert.ToHexString(Bytes(companion, 0x200, 64 * 96)));
    }
}
