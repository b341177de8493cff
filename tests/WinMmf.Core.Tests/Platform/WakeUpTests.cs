using System;
using System.Diagnostics;
using System.Threading;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed unsafe class WakeUpTests
{
    private const int Newest = 0x280;
    private const int Slice = 250;
    private const int Rounds = 20;

    /// <summary>Far less than as many whole slices, far more than as many wake-ups on a busy machine.</summary>
    private static readonly TimeSpan Woken = TimeSpan.FromMilliseconds(Rounds * Slice / 2);

    [Fact]
    public void A_word_that_has_changed_already_does_not_put_to_sleep()
    {
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name);
        using ReaderRegistry registry = Given.Platform.Registries.CreateOrOpen(name, AccessPolicy.Private);
        using IWaker waker = Given.Platform.WakeUps.CreateWaker(name, AccessPolicy.Private, Word(control), registry);
        using ISleeper sleeper = Given.Platform.WakeUps.OpenSleeper(name, 1, Word(control));
        *Word(control) = 5;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
            sleeper.Sleep(4, Slice);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Woken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Nobody_sleeps_for_longer_than_a_slice(int row)
    {
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name);
        using ReaderRegistry registry = Given.Platform.Registries.CreateOrOpen(name, AccessPolicy.Private);
        using IWaker waker = Given.Platform.WakeUps.CreateWaker(name, AccessPolicy.Private, Word(control), registry);
        using ISleeper sleeper = Given.Platform.WakeUps.OpenSleeper(name, row, Word(control));
        long start = Stopwatch.GetTimestamp();
        sleeper.Sleep(0, Slice);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Sleeping_costs_no_processor_time()
    {
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name);
        using ReaderRegistry registry = Given.Platform.Registries.CreateOrOpen(name, AccessPolicy.Private);
        using IWaker waker = Given.Platform.WakeUps.CreateWaker(name, AccessPolicy.Private, Word(control), registry);
        using ISleeper sleeper = Given.Platform.WakeUps.OpenSleeper(name, 1, Word(control));
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
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name);
        using ReaderRegistry registry = Given.Platform.Registries.CreateOrOpen(name, AccessPolicy.Private);
        using IWaker waker = Given.Platform.WakeUps.CreateWaker(name, AccessPolicy.Private, Word(control), registry);
        Assert.Equal(0, waker.Wake());
    }

    [SkippableFact]
    public void On_Windows_the_rows_that_wait_are_woken()
    {
        Skip.IfNot(OperatingSystem.IsWindows(), "Elsewhere the kernel knows who sleeps.");
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name);
        using ReaderRegistry registry = Given.Platform.Registries.CreateOrOpen(name, AccessPolicy.Private);
        using IWaker waker = Given.Platform.WakeUps.CreateWaker(name, AccessPolicy.Private, Word(control), registry);
        registry.WriteWaiting(1, 1);
        registry.WriteWaiting(63, 1);
        Assert.Equal(2, waker.Wake());
    }

    [Fact]
    public void A_sleeper_in_this_process_is_woken() => Assert.InRange(WakeRounds(Sleeping), TimeSpan.Zero, Woken);

    [Fact]
    public void A_sleeper_with_a_read_only_map_in_another_process_is_woken()
    {
        using Peer peer = Peer.Start();
        bool opened = false;
        TimeSpan time = WakeRounds((name, _, seen, asleep) =>
        {
            if (!opened)
            {
                peer.Must("open", "c", name.Name, name.Scope, "", "ro");
                peer.Must("sleeper", "s", name.Name, name.Scope, 3, "c", Newest);
                opened = true;
            }

            peer.Tell("sleep", "s", seen, Slice);
            asleep.Set();
            peer.Answer();
        });
        Assert.InRange(time, TimeSpan.Zero, Woken);
    }

    private static uint* Word(SharedSection control) => (uint*)(control.Address + Newest);

    private static void Sleeping(SharedName name, nint newest, uint seen, ManualResetEventSlim asleep)
    {
        using ISleeper sleeper = Given.Platform.WakeUps.OpenSleeper(name, 3, (uint*)newest);
        asleep.Set();
        sleeper.Sleep(seen, Slice);
    }

    /// <summary>Puts to sleep and wakes, round by round; the time that the sleeper slept in all.</summary>
    private static TimeSpan WakeRounds(Action<SharedName, nint, uint, ManualResetEventSlim> sleep)
    {
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name);
        using ReaderRegistry registry = Given.Platform.Registries.CreateOrOpen(name, AccessPolicy.Private);
        using IWaker waker = Given.Platform.WakeUps.CreateWaker(name, AccessPolicy.Private, Word(control), registry);
        registry.WriteWaiting(3, 1);
        nint newest = (nint)Word(control);
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
                    sleep(name, newest, seen, asleep);
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
            long start = Stopwatch.GetTimestamp();
            Volatile.Write(ref *Word(control), round + 1);
            waker.Wake();
            Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
            slept += Stopwatch.GetElapsedTime(start);
            Assert.Null(fault);
        }

        return slept;
    }
}
