using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class FramePumpTests
{
    [Fact]
    public void It_ends_at_its_limit_and_loses_nothing()
    {
        using Channel channel = new();
        using SyntheticSource source = new(64, 48, PixelFormat.Bgr24, 500);
        source.Prepare(CancellationToken.None);
        FramePump pump = channel.Pump(source, configure: static p => p.FrameLimit = 20);
        Assert.Equal(20, pump.Published);
        Assert.Equal(20, channel.Last.FrameNumber);
        Assert.Equal(20, channel.Hashes.Count);
        Assert.Equal(ChannelState.Live, channel.State);
    }

    [Fact]
    public void A_source_that_can_come_back_is_started_again_and_counted()
    {
        using Channel channel = new();
        using Faulty source = new(failures: 2, canRestart: true);
        List<string> failures = [];
        FramePump pump = channel.Pump(source, configure: p =>
        {
            p.RestartPause = TimeSpan.FromMilliseconds(10);
            p.Failed = e =>
            {
                failures.Add(e.Message);
                Assert.Equal(ChannelState.Failed, channel.State);
            };
        });
        Assert.Equal(2, pump.Restarts);
        Assert.Equal(2, failures.Count);
        Assert.Equal(2, channel.Writer.Counters.SourceRestarts);
        Assert.Equal(9, pump.Published);
        Assert.Equal(ChannelState.Live, channel.State);
    }

    [Fact]
    public void A_source_that_cannot_come_back_ends_the_channel_as_failed()
    {
        using Channel channel = new();
        using Faulty source = new(failures: 1, canRestart: false);
        Assert.Throws<WinMmfException>(() => channel.Pump(source));
        Assert.Equal(ChannelState.Failed, channel.State);
    }

    [Fact]
    public void Pauses_grow_to_ten_seconds_and_stay_there()
    {
        BackOff backOff = new(BackOff.Usual, BackOff.Steady);
        List<double> pauses = [];
        while (pauses.Count < 8)
            pauses.Add(backOff.Next(TimeSpan.FromSeconds(1)).TotalSeconds);
        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10, 10], pauses);
    }

    [Fact]
    public void A_source_that_worked_for_long_before_it_failed_is_started_again_after_the_first_pause()
    {
        using Channel channel = new();
        using Faulty source = new(failures: 15, canRestart: true);
        Stopwatch watch = Stopwatch.StartNew();
        FramePump pump = channel.Pump(source, configure: static p =>
        {
            p.RestartPause = TimeSpan.FromMilliseconds(50);
            p.SteadyAfter = TimeSpan.Zero;
        });
        Assert.Equal(15, pump.Restarts);

        // If each were twice the one before: 82 s.
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(60));
    }

    /// <summary>While a slot is being filled, which is most of the time, the pump's own thread finds it.</summary>
    [SkippableFact]
    public void A_channel_that_is_lost_ends_it_although_the_source_could_be_started_again()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Names vanish on Linux only");
        using Channel channel = new();
        using Faulty source = new(failures: 1, canRestart: true);
        string path = new LinuxDirectory(LinuxPlatform.SharedMemoryDirectory).PathOf(channel.Writer.Name);
        source.Filling = frame =>
        {
            if (frame != 2)
                return;
            string other = path + "." + Guid.NewGuid().ToString("N");
            File.WriteAllText(other, "taken");
            File.Move(other, path, overwrite: true);
            ((IServiced)channel.Writer).Tick(MonotonicClock.Now + 10_000_000_000);
        };
        try
        {
            WinMmfException lost = Assert.Throws<WinMmfException>(
                () => channel.Pump(source, configure: static p => p.Failed = _ => Assert.Fail("It begins the source again.")));
            Assert.Equal(WinMmfErrorId.ChannelLost, lost.ErrorId);
            Assert.True(channel.Writer.Lost.IsCancellationRequested);
            Assert.Equal(ChannelState.Failed, channel.State);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [SkippableFact]
    public void A_channel_that_is_cut_short_ends_it_although_the_source_could_be_started_again()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "sections cannot be cut short on Windows");
        using Channel channel = new();
        using Faulty source = new(failures: 1, canRestart: true);
        source.Filling = frame =>
        {
            if (frame != 2)
                return;
            string folder = Assert.Single(
                Directory.GetDirectories(LinuxPlatform.SharedMemoryDirectory, "winmmf-*"), folder => IsOf(folder, channel.Writer.Name));
            using (FileStream pixels = new(Path.Combine(folder, "pixels.1"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                pixels.SetLength(4096);
            ((IServiced)channel.Writer).Tick(MonotonicClock.Now);
        };

        // Without a reader, which would meet the same.
        FramePump pump = new(source, channel.Writer) { Failed = _ => Assert.Fail("It begins the source again.") };
        Assert.Equal(WinMmfErrorId.Truncated, Assert.Throws<WinMmfException>(() => pump.Run(CancellationToken.None)).ErrorId);
        Assert.Equal(ChannelState.Failed, channel.State);
    }

    private static bool IsOf(string folder, SharedName name)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "owner")))
                .Contains(name.Name, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another one, which has just gone or is another account's.
            return false;
        }
    }

    [Fact]
    public void Cancelling_ends_the_pause_before_a_restart()
    {
        using Channel channel = new();
        using Faulty source = new(failures: 1, canRestart: true);
        using CancellationTokenSource cancel = new();
        FramePump pump = channel.Pump(source, cancel.Token, p =>
        {
            p.RestartPause = TimeSpan.FromMinutes(1);
            p.Failed = _ => cancel.Cancel();
        });
        Assert.Equal(0, pump.Restarts);
    }

    [Fact]
    public void A_restart_that_was_asked_for_keeps_the_channel_and_is_no_failure()
    {
        using Channel channel = new();
        using SyntheticSource source = new(64, 48, PixelFormat.Bgr24, 500);
        source.Prepare(CancellationToken.None);
        List<ChannelState> states = [];
        FramePump pump = channel.Pump(source, configure: p =>
        {
            p.FrameLimit = 30;
            Action take = p.Progress!;
            p.Progress = () =>
            {
                take();
                states.Add(channel.State);
                if (p.Published == 10)
                    p.RestartSource();
            };
            p.Failed = e => Assert.Fail(e.Message);
        });
        Assert.Equal((30, 1), (pump.Published, pump.Restarts));
        Assert.Equal(1, channel.Writer.Counters.SourceRestarts);
        Assert.Equal(30, channel.Last.FrameNumber);
        Assert.Equal(1u, channel.Last.Epoch);
        Assert.DoesNotContain(ChannelState.Failed, states);
    }

    [Fact]
    public void A_restart_that_is_asked_for_ends_the_pause_after_a_failure()
    {
        using Channel channel = new();
        using Faulty source = new(failures: 1, canRestart: true);
        FramePump pump = channel.Pump(source, configure: static p =>
        {
            p.RestartPause = TimeSpan.FromHours(1);
            p.Failed = _ => p.RestartSource();
        });
        Assert.Equal((6, 1), (pump.Published, pump.Restarts));
        Assert.Equal(ChannelState.Live, channel.State);
    }

    [Fact]
    public void A_restart_outside_a_run_does_nothing()
    {
        using Channel channel = new();
        using SyntheticSource source = new(64, 48, PixelFormat.Bgr24, 500);
        source.Prepare(CancellationToken.None);
        FramePump pump = channel.Pump(source, configure: static p =>
        {
            p.FrameLimit = 3;
            p.RestartSource();
        });
        pump.RestartSource();
        Assert.Equal((3, 0), (pump.Published, pump.Restarts));
    }

    /// <summary>Three frames at each start; fails in the fourth as often as requested, then ends cleanly.</summary>
    private sealed class Faulty(int failures, bool canRestart) : FrameSource
    {
        private int _failures = failures;
        private int _frames;

        /// <summary>Called with the number of each frame at this start, from 1 on.</summary>
        public Action<int>? Filling { get; set; }

        public override FrameFormat Format { get; } = FrameFormat.Packed(8, 8, PixelFormat.Bgr24);

        public override double FrameRate => 0;

        public override string Description => "faulty";

        public override bool CanRestart => canRestart;

        public override long CapturedAt => MonotonicClock.Now;

        public override void Prepare(CancellationToken cancellationToken)
        {
        }

        public override void Start(CancellationToken cancellationToken) => _frames = 0;

        public override bool WaitNext() => _frames < 3 || _failures > 0;

        public override int Fill(in FrameSlot slot)
        {
            Filling?.Invoke(_frames + 1);
            if (_frames++ < 3)
                return slot.Length;
            _failures--;
            throw new WinMmfException(WinMmfErrorId.PublisherFailed, "the cable is out");
        }

        public override void Skip() => throw new InvalidOperationException();
    }
}
