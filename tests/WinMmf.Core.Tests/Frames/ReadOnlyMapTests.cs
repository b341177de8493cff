using System;
using System.Globalization;
using System.IO;
using System.Linq;
using WinMmf.Frames;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>
/// What a reader reads is in maps that it cannot write to (C1). An atomic operation that only looks like reading would end the process
/// here: some runtimes read 64 bits, or read with Interlocked, by an exchange (C3).
/// </summary>
public sealed unsafe class ReadOnlyMapTests
{
    [Fact]
    public void Every_word_of_a_channel_is_read_without_writing()
    {
        using TestChannel channel = new();
        channel.Publish(3);
        using SharedSection control = PlatformServices.Current.Sections.TryOpen(channel.Name, writable: false)!;
        AssertReadOnly(control.Address);
        ChannelReport report = ChannelInspector.Report(PlatformServices.Current, control, channel.Name);
        Assert.Equal(
            (ChannelState.Live, 3L, 3L, 1L), (report.State, report.Counters.Published, report.Newest!.Value.FrameNumber, report.Epoch));

        using FrameReader reader = channel.OpenReader();
        byte[] data = new byte[channel.Format.PayloadLength];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out _));
        Assert.False(reader.Wait(3, TimeSpan.FromMilliseconds(20)));
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        AssertReadOnly((byte*)lease.Address);
        Assert.Equal(3, *(byte*)lease.Address);
        Assert.True(lease.End());
    }

    [Fact]
    public void The_lock_of_a_memory_is_judged_without_writing()
    {
        using NamedMemory memory = NamedMemory.Create(Given.NewName(), 100);
        using SharedMemoryLock held = memory.Lock(LockMode.Read, TimeSpan.Zero);
        using NamedMemory looked = NamedMemory.Open(memory.Name.Name, memory.Name.Scope, writable: false);
        AssertReadOnly((byte*)looked.Data);
        Assert.Equal(0x0100_0001u, looked.LockWord.Value);
        Assert.Equal(LockVerdict.Held, LockInspector.Inspect(looked).Verdict);
    }

    /// <summary>Linux says so itself; on Windows the conformance suite shows that writing to such a view fails.</summary>
    private static void AssertReadOnly(byte* address)
    {
        if (!OperatingSystem.IsLinux())
            return;
        string[] map = File.ReadLines("/proc/self/maps").Select(static line => line.Split(' ', '-'))
            .Single(fields => Hex(fields[0]) <= (ulong)address && (ulong)address < Hex(fields[1]));
        Assert.Equal("r", map[2]);
    }

    private static ulong Hex(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
