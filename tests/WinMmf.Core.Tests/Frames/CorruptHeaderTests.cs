using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed unsafe class CorruptHeaderTests
{
    public static TheoryData<int, int> Fields()
    {
        TheoryData<int, int> fields = new();
        foreach (int offset in new[] { 0x00, 0x04, 0x08, 0x0C, 0x10, 0x14, 0x18, 0x104, 0x108, 0x10C, 0x110 })
            fields.Add(offset, 4);
        fields.Add(0x118, 8);
        return fields;
    }

    /// <summary>Each field at both ends of its range and at every power of two: one stable error, or a value that is possible.</summary>
    [Theory]
    [MemberData(nameof(Fields))]
    public void Each_field_of_anchor_and_description_is_checked(int offset, int size)
    {
        using TestChannel channel = new();
        channel.Publish();
        using SharedSection control = channel.OpenControl();
        byte[] original = new ReadOnlySpan<byte>(control.Address + offset, size).ToArray();
        List<ulong> values = [0, ulong.MaxValue, ulong.MaxValue - 1, 1];
        for (int bit = 1; bit < size * 8; bit++)
            values.Add(1ul << bit);
        foreach (ulong value in values)
        {
            // A magic of 0 means "not finished yet" and is waited for: its own test below.
            if (offset == 0 && (uint)value == 0)
                continue;
            if (BitConverter.GetBytes(value).AsSpan(0, size).SequenceEqual(original))
                continue;
            BitConverter.GetBytes(value).AsSpan(0, size).CopyTo(new Span<byte>(control.Address + offset, size));
            try
            {
                using FrameReader reader = channel.OpenReader();
                reader.TryCopyNewest(new byte[channel.Format.PayloadLength], out _);
            }
            catch (WinMmfException e)
            {
                Assert.Contains(e.ErrorId,
                    new[] { WinMmfErrorId.CorruptHeader, WinMmfErrorId.NotAChannel, WinMmfErrorId.VersionMismatch, WinMmfErrorId.Truncated,
                    WinMmfErrorId.NotTrusted });
            }

            original.CopyTo(new Span<byte>(control.Address + offset, size));
        }

        using FrameReader last = channel.OpenReader();
        Assert.Equal(FrameReadStatus.Ok, last.TryCopyNewest(new byte[channel.Format.PayloadLength], out _));
    }

    [Theory]
    [InlineData(0x00, 0x12345678u, WinMmfErrorId.NotAChannel)]
    [InlineData(0x04, 1u, WinMmfErrorId.NotAChannel)]
    [InlineData(0x08, 0x00020000u, WinMmfErrorId.VersionMismatch)]
    [InlineData(0x08, 0u, WinMmfErrorId.VersionMismatch)]
    [InlineData(0x0C, 0xFFFFFFFFu, WinMmfErrorId.Truncated)]
    [InlineData(0x0C, 8191u, WinMmfErrorId.CorruptHeader)]
    [InlineData(0x10, 0u, WinMmfErrorId.CorruptHeader)]
    [InlineData(0x14, 2u, WinMmfErrorId.NotTrusted)]
    [InlineData(0x20, 0x41414141u, WinMmfErrorId.NotTrusted)]
    [InlineData(0x108, 0u, WinMmfErrorId.CorruptHeader)]
    [InlineData(0x108, 25u, WinMmfErrorId.CorruptHeader)]
    [InlineData(0x10C, 65u, WinMmfErrorId.CorruptHeader)]
    [InlineData(0x118, 65_535u, WinMmfErrorId.CorruptHeader)]
    public void The_error_says_what_is_wrong(int offset, uint value, WinMmfErrorId expected)
    {
        using TestChannel channel = new();
        using SharedSection control = channel.OpenControl();
        *(uint*)(control.Address + offset) = value;
        WinMmfException e = Assert.Throws<WinMmfException>(() => channel.OpenReader());
        Assert.Equal(expected, e.ErrorId);
        Assert.Contains(channel.Name.Name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_higher_minor_version_is_read()
    {
        using TestChannel channel = new();
        channel.Publish();
        using SharedSection control = channel.OpenControl();
        *(uint*)(control.Address + 0x08) = 0x0001_0007;
        using FrameReader reader = channel.OpenReader();
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(new byte[channel.Format.PayloadLength], out _));
    }

    [Fact]
    public void What_its_creator_never_finished_is_refused_after_a_bounded_wait()
    {
        using TestChannel channel = new();
        using SharedSection control = channel.OpenControl();
        *(uint*)control.Address = 0;
        Assert.Equal(WinMmfErrorId.NotAChannel, Assert.Throws<WinMmfException>(() => channel.OpenReader()).ErrorId);
    }

    [Fact]
    public void A_description_left_odd_is_refused_after_a_bounded_wait_and_mended_by_the_next_publisher()
    {
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader before = channel.OpenReader();
        using SharedSection control = channel.OpenControl();
        *(uint*)(control.Address + 0x100) += 1;
        Assert.Equal(WinMmfErrorId.ChannelIncomplete, Assert.Throws<WinMmfException>(() => channel.OpenReader()).ErrorId);
        channel.Writer.Dispose();
        using FrameWriter next = FrameWriter.Create(new FrameChannelOptions(channel.Name));
        using FrameReader after = channel.OpenReader();
        Assert.Equal(2, after.Inspect().Epoch);
    }

    [Fact]
    public void A_hundred_thousand_random_corruptions_neither_crash_nor_reach_beyond_a_slot()
    {
        const int Rounds = 100_000;
        const int Reopen = 20;
        using TestChannel channel = new();
        channel.Publish(6);
        using SharedSection control = channel.OpenControl();
        byte[] good = new ReadOnlySpan<byte>(control.Address, ControlLayout.Size).ToArray();
        byte[] data = new byte[FrameFormat.Packed(256, 256, PixelFormat.Gray8).PayloadLength];
        Random random = new(20_240_229);
        FrameReader? reader = null;
        int read = 0, refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                // Half of the hits on the slots, where most of what is read while running lies.
                int offset = random.Next(2) == 0 ? random.Next(ControlLayout.Size) : random.Next(0x480, 0xA00);
                control.Address[offset] = (byte)random.Next(256);
            }

            // Both are waited for by design; they have tests of their own.
            *(uint*)(control.Address + 0x100) &= ~1u;
            if (*(uint*)control.Address == 0)
                *control.Address = 1;
            try
            {
                reader ??= channel.OpenReader(useRegistry: round % 3 == 0);
                FrameReadStatus status = (round % 3) switch
                {
                    0 => Lease(reader),
                    1 => reader.TryCopyAfter(random.Next(8), data, out _),
                    _ => reader.TryCopyNewest(data, out _),
                };
                if (status == FrameReadStatus.Ok)
                    read++;
            }
            catch (WinMmfException)
            {
                refused++;
            }

            if (round % Reopen == Reopen - 1)
            {
                reader?.Dispose();
                reader = null;
                good.CopyTo(new Span<byte>(control.Address, good.Length));
            }
        }

        reader?.Dispose();
        good.CopyTo(new Span<byte>(control.Address, good.Length));
        Assert.InRange(read, 1000, Rounds);
        Assert.InRange(refused, 1000, Rounds);
        using FrameReader last = channel.OpenReader();
        Assert.Equal(FrameReadStatus.Ok, last.TryCopyNewest(data, out _));
    }

    private static FrameReadStatus Lease(FrameReader reader)
    {
        if (!reader.TryLeaseNewest(out FrameLease lease))
            return FrameReadStatus.NoFrame;
        try
        {
            // Touches all that the lease says is there: beyond the section this would end the process.
            int sum = 0;
            foreach (byte b in lease.Span)
                sum += b;
            Assert.True(lease.Length <= 65_536, $"{lease.Length} bytes in a slot of 65536 ({sum})");
            return FrameReadStatus.Ok;
        }
        finally
        {
            lease.End();
        }
    }
}
