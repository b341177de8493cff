using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>
/// How often the thread wakes up that looks after channels: counted, in a time that passes only while it sleeps (protocol 5.10).
/// </summary>
public sealed unsafe class ServiceLoopTests
{
    private const int TickMilliseconds = 101;
    private const int MostWakeUpsAMinute = 150;
    private const int HeartbeatMilliseconds = 500;
    private static readonly FrameFormat Format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);

    [Fact]
    public void An_idle_publisher_wakes_its_thread_150_times_a_minute_and_its_heartbeat_is_never_late()
    {
        SteppedLoop loop = new();
        List<long> ages = [];
        using Stepped stepped = new(loop, (writer, control, milliseconds) =>
        {
            ages.Add(unchecked((uint)loop.Milliseconds + (uint)milliseconds - *(uint*)(control.Address + ControlLayout.Heartbeat)));
            if (loop.Milliseconds > 61_000)
                loop.End(writer);
        });

        Assert.InRange(loop.Sleeps, 100, MostWakeUpsAMinute + 5);
        Assert.DoesNotContain(ages, static age => age > HeartbeatMilliseconds);
    }

    [Fact]
    public void While_frames_come_it_ticks_ten_times_a_second()
    {
        SteppedLoop loop = new();
        List<int> sleeps = [];
        using Stepped stepped = new(loop, (writer, _, milliseconds) =>
        {
            Publish(writer);
            sleeps.Add(milliseconds);
            if (sleeps.Count == 50)
                loop.End(writer);
        });

        // The tick before the first frame found none.
        Assert.DoesNotContain(sleeps.GetRange(1, 49), static milliseconds => milliseconds > TickMilliseconds);
    }

    /// <summary>At whatever moment the name vanishes: while the thread rests, or while it ticks because frames come.</summary>
    [SkippableTheory]
    [InlineData(10_000, 0)]
    [InlineData(10_000, 7)]
    [InlineData(10_100, 3)]
    [InlineData(10_350, 4)]
    public void A_name_that_vanishes_from_an_idle_publisher_is_seen_within_a_second(int when, int frames)
    {
        Given.SkipUnlessLinux();
        SteppedLoop loop = new();
        long removedAt = 0, movedAt = 0;
        int left = frames;
        using Stepped stepped = new(loop, (writer, _, milliseconds) =>
        {
            if (loop.Milliseconds > 9_000 && left-- > 0)
                Publish(writer);
            if (removedAt == 0 && loop.Milliseconds + milliseconds > when)
            {
                removedAt = loop.Milliseconds;
                File.Delete(LinuxGiven.PathOf(writer.Name));
            }
            else if (removedAt != 0 && movedAt == 0 && writer.Counters.Moves == 1)
            {
                movedAt = loop.Milliseconds;
                loop.End(writer);
            }
            else if (loop.Milliseconds > 20_000)
            {
                loop.End(writer);
            }
        });

        Assert.InRange(movedAt - removedAt, 1, 1000);
    }

    [Fact]
    public void A_rest_ends_once_and_the_next_tick_comes_within_100_ms()
    {
        SteppedLoop loop = new();
        FakeChannel channel = new() { MayRest = true };
        List<long> ticks = channel.Ticks;
        long endedAt = 0;
        int before = 0;
        loop.Sleeping = milliseconds =>
        {
            if (endedAt == 0 && ticks.Count == 3)
            {
                Assert.InRange(milliseconds, 2 * TickMilliseconds, HeartbeatMilliseconds);
                before = loop.Interrupts;
                loop.EndRest();
                loop.EndRest();
                endedAt = loop.Milliseconds;
            }
            else if (ticks.Count > 3)
            {
                loop.End(channel);
            }

            return milliseconds;
        };
        loop.Add(channel);
        loop.WaitForEnd();
        Assert.Equal(0, before);
        Assert.Equal(1, loop.Interrupts);
        Assert.InRange((ticks[3] / 1_000_000) - endedAt, 0, TickMilliseconds);
    }

    [Fact]
    public void A_thread_that_does_not_rest_is_not_interrupted()
    {
        SteppedLoop loop = new();
        FakeChannel channel = new();
        loop.Sleeping = milliseconds =>
        {
            loop.EndRest();
            if (channel.Ticks.Count == 10)
                loop.End(channel);
            Assert.InRange(milliseconds, 1, TickMilliseconds);
            return milliseconds;
        };
        loop.Add(channel);
        loop.WaitForEnd();
        Assert.Equal(0, loop.Interrupts);
    }

    /// <summary>The best of some rounds counts: a loaded machine wakes threads late, but none comes early by itself.</summary>
    [SkippableFact]
    public void The_publisher_of_a_channel_ends_the_rest_of_the_thread()
    {
        Given.SkipUnlessLinux();
        LinuxPlatform platform = new();
        using ChannelSite site = platform.Channels.Claim(Given.NewName());
        using PublisherRows rows = site.OpenRows(null, AccessPolicy.Private, 1);
        using AutoResetEvent ticked = new(false);
        FakeChannel channel = new() { MayRest = true, Ticked = ticked };
        platform.Services.Add(channel);
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 20 && best > TimeSpan.FromMilliseconds(250); i++)
        {
            Assert.True(ticked.WaitOne(Given.Patience));
            Thread.Sleep(10);
            long start = Stopwatch.GetTimestamp();
            rows.EndRest();
            Assert.True(ticked.WaitOne(Given.Patience));
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            best = time < best ? time : best;
        }

        platform.Services.Remove(channel);
        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public void A_wake_that_is_owed_ends_the_rest_and_no_other_does()
    {
        FakeRows rows = new();
        WakeRule rule = new(rows);
        rule.Wake([], 0, 10_000_000);
        Assert.False(rule.IsOwed);
        Assert.Equal(0, rows.Rests);
        rule.Wake([], 0, 10_500_000);
        Assert.True(rule.IsOwed);
        Assert.Equal(1, rows.Rests);
        rule.Wake([], 0, 12_000_000);
        Assert.False(rule.IsOwed);
        Assert.Equal(1, rows.Rests);
    }

    /// <summary>Windows looks for the rows of dead readers; Linux is told of them.</summary>
    [SkippableFact]
    public void Rows_in_use_let_the_thread_rest_where_their_end_is_an_event()
    {
        using TestSite site = new();
        site.Rows.Tick(0);
        Assert.True(site.MayRest);
        ReaderRow? row = site.TryGetRow();
        Assert.NotNull(row);
        site.Rows.TakeIn();
        Assert.Equal(!RuntimeInformation.IsOSPlatform(OSPlatform.Windows), site.MayRest);
        row.Dispose();
        site.Rows.TakeIn();
        Assert.True(site.MayRest);
    }

    private static void Publish(FrameWriter writer)
    {
        Assert.True(writer.TryBegin(Format, out FrameSlot slot));
        writer.Publish(slot);
    }

    /// <summary>A channel with one frame and a stepped loop that has come to its end.</summary>
    private sealed class Stepped : IDisposable
    {
        private readonly FrameWriter _writer;

        public Stepped(SteppedLoop loop, Action<FrameWriter, SharedSection, int> sleeping)
        {
            using ManualResetEventSlim isReady = new();
            FrameWriter? writer = null;
            SharedSection? control = null;
            bool isFirst = true;
            loop.Sleeping = milliseconds =>
            {
                if (isFirst)
                    Assert.True(isReady.Wait(Given.Patience));
                else
                    sleeping(writer!, control!, milliseconds);
                isFirst = false;
                return milliseconds;
            };
            SharedName name = Given.NewName();
            _writer = writer = FrameWriter.Create(new CountingPlatform(loop), new FrameChannelOptions(name) { PayloadCapacity = 4096 });
            try
            {
                Publish(writer);
                using SharedSection opened = Given.Platform.Sections.TryOpen(name, writable: false)!;
                control = opened;
                isReady.Set();
                loop.WaitForEnd();
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        }

        public void Dispose() => _writer.Dispose();
    }

    private sealed class FakeChannel : IServiced
    {
        public List<long> Ticks { get; } = [];

        public AutoResetEvent? Ticked { get; init; }

        public bool MayRest { get; init; }

        public void Tick(long now)
        {
            Ticks.Add(now);
            Ticked?.Set();
        }
    }

    private sealed class FakeRows : PublisherRows
    {
        public int Rests { get; private set; }

        public override bool MayRest => true;

        public override bool CanWakeAnybody => true;

        public override void EndRest() => Rests++;

        public override int Wake(ulong sleeping) => 0;

        public override void WakeAll()
        {
        }

        public override void Dispose()
        {
        }
    }
}
