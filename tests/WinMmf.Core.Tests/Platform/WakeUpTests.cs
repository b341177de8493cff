using System;
using System.Diagnostics;
using System.Threading;
using WinMmf.Platform;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed unsafe class WakeUpTests
{
    private const int Slice = 250;
    private const int Rounds = 20;

    /// <summary>Who is not woken sleeps for longer than all rounds may take.</summary>
    private const int LongSlice = 90_000;

    /// <summary>Far more than as many wake-ups take on a busy machine.</summary>
    private static readonly TimeSpan Woken = TimeSpan.FromMilliseconds(LongSlice - 10_000);

    [Fact]
    public void A_word_that_has_changed_already_does_not_put_to_sleep()
    {
        using TestSite site = new();
        using ReaderRow? row = site.TryGetRow();
        using ISleeper sleeper = Given.Platform.Channels.OpenSleeper(site.Name, row, site.Newest);
        *site.Newest = 5;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
            sleeper.Sleep(4, LongSlice);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Woken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_sleeps_for_longer_than_a_slice(bool hasRow)
    {
        using TestSite site = new();
        using ReaderRow? row = hasRow ? site.TryGetRow() : null;
        using ISleeper sleeper = Given.Platform.Channels.OpenSleeper(site.Name, row, site.Newest);
        long start = Stopwatch.GetTimestamp();
        sleeper.Sleep(0, Slice);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Given.Patience);
    }

    [Fact]
    public void Sleeping_costs_no_processor_time()
    {
        using TestSite site = new();
        using ReaderRow? row = site.TryGetRow();
        using ISleeper sleeper = Given.Platform.Channels.OpenSleeper(site.Name, row, site.Newest);
        int sleeps = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1))
        {
            sleeper.Sleep(0, Slice);
            sleeps++;
        }

        Assert.InRange(sleeps, 1, 100);
    }

    [Fact]
    public void Waking_nobody_counts_nobody()
    {
        using TestSite site = new();
        Assert.InRange(site.Rows.Wake(0), -1, 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sleeper_in_this_process_is_woken(bool hasRow)
    {
        // Without a row no reader is woken on Windows: it looks by time, which is quick enough for this.
        Assert.InRange(
            WakeRounds((site, seen, asleep) =>
            {
                using ReaderRow? row = hasRow ? site.TryGetRow() : null;
                using ISleeper sleeper = Given.Platform.Channels.OpenSleeper(site.Name, row, site.Newest);
                asleep.Set();
                sleeper.Sleep(seen, LongSlice);
            }),
            TimeSpan.Zero,
            Woken);
    }

    [SkippableFact]
    public void A_sleeper_with_a_read_only_map_in_another_process_is_woken()
    {
        Given.SkipUnlessLinux();
        using Peer peer = Peer.Start();
        bool opened = false;
        TimeSpan time = WakeRounds((site, seen, asleep) =>
        {
            if (!opened)
            {
                peer.Must("open", "c", site.Name.Name, site.Name.Scope, "ro");
                peer.Must("sleeper", "s", site.Name.Name, site.Name.Scope, "c", WinMmf.Layouts.ControlLayout.Newest);
                opened = true;
            }

            peer.Tell("sleep", "s", seen, LongSlice);
            asleep.Set();
            peer.Answer();
        });
        Assert.InRange(time, TimeSpan.Zero, Woken);
    }

    /// <summary>Puts to sleep and wakes, round by round; the time that the sleeper slept in all.</summary>
    private static TimeSpan WakeRounds(Action<TestSite, uint, ManualResetEventSlim> sleep)
    {
        using TestSite site = new();
        TimeSpan slept = TimeSpan.Zero;
        for (uint round = 0; round < Rounds; round++)
        {
            uint seen = round;
            using ManualResetEventSlim asleep = new();
            Exception? fault = null;
            Thread thread = new(() =>
            {
                try
                {
                    sleep(site, seen, asleep);
                }
                catch (Exception e)
                {
                    fault = e;
                    asleep.Set();
                }
            });
            thread.Start();
            asleep.Wait();

            // Mostly it sleeps by now; where it does not yet, the changed word keeps it awake.
            Thread.Sleep(5);
            site.Rows.TakeIn();
            long start = Stopwatch.GetTimestamp();
            Volatile.Write(ref *site.Newest, round + 1);
            site.Rows.Wake(ulong.MaxValue);
            Assert.True(thread.Join(Woken));
            slept += Stopwatch.GetElapsedTime(start);
            Assert.Null(fault);
        }

        return slept;
    }
}
