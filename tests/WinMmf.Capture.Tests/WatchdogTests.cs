using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using WinMmf.Errors;
using WinMmf.FakeFfmpeg;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>What happens when ffmpeg does not do what it should (design P4), with the stand-in as a live input.</summary>
[Collection("environment")]
public sealed class WatchdogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-watchdog-").FullName;
    private readonly string _clip;

    public WatchdogTests()
    {
        FakeFfmpegPrograms.Use();
        _clip = Path.Combine(_folder, "device.fake");
    }

    public void Dispose()
    {
        FakeFfmpegPrograms.Forget();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Killed() =>
        Recovers("live=1 fps=100 frames=1000000", "live=1 fps=100 frames=1000000", "exit code",
        static child => Process.GetProcessById(child).Kill());

    [SkippableFact]
    public void Stopped_by_SIGSTOP()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        Recovers("live=1 fps=100 frames=1000000", "live=1 fps=100 frames=1000000", "was silent for 4 s",
            static child => Signal.Send(child, Signal.Stop));
    }

    [Fact]
    public void Silent() => Recovers("frames=100 silent=5 deaf=1", "live=1 fps=100 frames=1000000", "was silent for 4 s after 5 frames");

    [Fact]
    public void Ended_with_exit_code_0() =>
        Recovers("frames=5", "live=1 fps=100 frames=1000000", "ended after 5 frames (exit code 0) although the input has no end");

    [Fact]
    public void Ended_with_another_exit_code() =>
        Recovers("frames=5 exit=251 stderr=device-gone", "live=1 fps=100 frames=1000000", "exit code 251 after 5 frames: device-gone");

    [Fact]
    public void Cut_within_a_frame() => Recovers("frames=5 cut=100", "live=1 fps=100 frames=1000000", "within a frame, after 5 whole ones");

    [Fact]
    public void Cut_within_a_picture() =>
        Recovers(
        "jpeg=1 frames=5 cut=100", "jpeg=1 live=1 fps=100 frames=1000000", "within a frame, after 5 whole ones", format: PixelFormat.Mjpg);

    [Fact]
    public void Nothing_but_garbage() =>
        Recovers("jpeg=1 frames=5", "jpeg=1 live=1 fps=100 frames=1000000", "bytes without a whole JPEG picture", format: PixelFormat.Mjpg,
        second: "jpeg=1 garbage=30000000 frames=9 broken=1");

    [Fact]
    public void At_once_again_and_again_with_exit_code_0()
    {
        Write("frames=3");
        using FfmpegSource source = Open();
        using Channel channel = new();
        List<string> failures = [];
        List<TimeSpan> times = [];
        Stopwatch watch = Stopwatch.StartNew();
        using CancellationTokenSource end = new();
        FramePump pump = channel.Pump(source, end.Token, p =>
        {
            p.RestartPause = TimeSpan.FromMilliseconds(100);
            p.Failed = e =>
            {
                failures.Add(e.Message);
                times.Add(watch.Elapsed);
                Write("frames=0");
                if (failures.Count == 4)
                    end.Cancel();
            };
        });
        Assert.Equal((3, 3L), (pump.Published, pump.Restarts));
        Assert.All(failures.GetRange(1, 3), static text => Assert.Contains("without a single frame", text, StringComparison.Ordinal));
        Assert.Equal(ChannelState.Failed, channel.State);

        // Each pause is twice the one before it: 100, 200, 400 ms.
        Assert.True(times[3] - times[0] >= TimeSpan.FromMilliseconds(690), $"{times[3] - times[0]}");
    }

    [Fact]
    public void Flooding_the_error_output_stops_nothing_and_is_kept_within_bounds()
    {
        Write("live=1 fps=100 frames=60 flood=1");
        using FfmpegSource source = Open();
        using Channel channel = new();
        string? failure = null;
        using CancellationTokenSource end = new();
        FramePump pump = channel.Pump(source, end.Token, p => p.Failed = e =>
        {
            failure = e.Message;
            end.Cancel();
        });
        Assert.Equal(60, pump.Published);
        Assert.Contains("error while decoding MB", failure, StringComparison.Ordinal);
        Assert.True(failure!.Length < 1000, failure);
    }

    [Fact]
    public void Pictures_pass_through_bit_for_bit_and_broken_ones_do_not_pass()
    {
        Write("jpeg=1 frames=30 garbage=100 broken=7 width=320 height=240");
        using FfmpegSource source = Open(PixelFormat.Mjpg);
        using Channel channel = new();
        using CancellationTokenSource end = new();
        FramePump pump = channel.Pump(source, end.Token, p => p.Failed = _ => end.Cancel());
        List<string> expected = [];
        for (int i = 0; i < 30; i++)
        {
            if (i % 7 != 6)
                expected.Add(Convert.ToHexString(SHA256.HashData(FakeJpeg.Make(i, 320, 240))));
        }

        Assert.Equal(expected, channel.Hashes);
        Assert.Equal(
            (PixelFormat.Mjpg, 320, 240), (channel.Last.Format.PixelFormat, channel.Last.Format.Width, channel.Last.Format.Height));
        Assert.Equal(FakeJpeg.Make(29, 320, 240).Length, channel.Last.Format.PayloadLength);
        Assert.Equal(26, pump.Published);
    }

    [Fact]
    public void What_is_not_MJPEG_cannot_pass_through()
    {
        Write("codec=h264");
        using FfmpegSource source = new(new FfmpegOptions(Input, PixelFormat.Mjpg));
        WinMmfException e = Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None));
        Assert.Equal(WinMmfErrorId.InvalidFormat, e.ErrorId);
        Assert.Contains("is h264", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_looped_file_that_fails_is_shown_again()
    {
        Write("live=1 fps=100 frames=1000000");
        using FfmpegSource source = new(new FfmpegOptions(_clip, PixelFormat.Bgr24) { Loop = true, Pace = false });
        source.Prepare(CancellationToken.None);
        RecoversFrom(source, "exit code", static child => Process.GetProcessById(child).Kill(), null);
    }

    [Fact]
    public void A_source_that_never_worked_is_not_started_again()
    {
        Write("frames=0");
        using FfmpegSource source = Open();
        using Channel channel = new();
        Assert.Contains(
            "without a single frame", Assert.Throws<WinMmfException>(() => channel.Pump(source)).Message, StringComparison.Ordinal);
        Assert.Equal(ChannelState.Failed, channel.State);
    }

    [Fact]
    public void No_first_frame_is_found_by_time()
    {
        Write("frames=10 silent=0 deaf=1");
        using FfmpegSource source = new(new FfmpegOptions(Input, PixelFormat.Bgr24) { StartLimit = TimeSpan.FromSeconds(1) });
        source.Prepare(CancellationToken.None);
        using Channel channel = new();
        Assert.Contains("was silent for 1 s after 0 frames", Assert.Throws<WinMmfException>(() => channel.Pump(source)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_pause_of_the_publisher_is_no_silence_of_the_source()
    {
        // Frames so large that a pipe does not hold the rest.
        Write("width=640 height=480 live=1 fps=100 frames=1000000");
        using FfmpegSource source = new(new FfmpegOptions(Input, PixelFormat.Bgr24) { StallTimeout = TimeSpan.FromSeconds(2) });
        source.Prepare(CancellationToken.None);
        using Channel channel = new();
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(120));
        List<string> failures = [];
        FramePump pump = channel.Pump(source, end.Token, p =>
        {
            p.Failed = e => failures.Add(e.Message);
            p.Progress += () =>
            {
                // Longer than the source may be silent, and nobody reads its output meanwhile: it waits for us.
                if (p.Published == 5)
                    Thread.Sleep(TimeSpan.FromSeconds(5));
                if (p.Published >= 20)
                    end.Cancel();
            };
        });
        Assert.Empty(failures);
        Assert.Equal((0, true), (pump.Restarts, pump.Published >= 20));
    }

    [Fact]
    public void A_password_stays_out_of_messages()
    {
        FfmpegInput input = FfmpegInput.Parse("fake://user:secret@" + Path.Combine(_folder, "none.fake"));
        using FfmpegSource source = new(new FfmpegOptions(input, PixelFormat.Bgr24));
        WinMmfException e = Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None));
        Assert.Contains("Invalid data", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", source.Description, StringComparison.Ordinal);
    }

    private FfmpegInput Input => FfmpegInput.Parse("fake://user:secret@" + _clip);

    private void Recovers(
        string before, string after, string says, Action<int>? harm = null, PixelFormat format = PixelFormat.Bgr24, string? second = null)
    {
        Write(before);
        using FfmpegSource source = Open(format);
        RecoversFrom(source, says, harm, second is null ? [after] : [second, after]);
    }

    /// <summary>State and counter at the failure and after it, and frames that go on in the same channel.</summary>
    private void RecoversFrom(FfmpegSource source, string says, Action<int>? harm, string[]? next)
    {
        using Channel channel = new();
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(120));
        List<string> failures = [];
        List<int> children = [];
        long atFailure = 0;
        bool recovered = false;
        FramePump pump = channel.Pump(source, end.Token, p =>
        {
            p.RestartPause = TimeSpan.FromMilliseconds(50);
            p.Failed = e =>
            {
                Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
                Assert.Equal(ChannelState.Failed, channel.State);
                atFailure = p.Published;
                if (next is not null)
                    Write(next[failures.Count]);
                failures.Add(e.Message);
            };
            p.Recovered = () => recovered = true;
            p.Progress += () =>
            {
                if (children.Count == 0 || children[^1] != source.ChildProcessId)
                    children.Add(source.ChildProcessId);
                if (failures.Count == 0 && p.Published == 5)
                    harm?.Invoke(source.ChildProcessId);
                if (recovered && p.Published >= atFailure + 5)
                    end.Cancel();
            };
        });
        int expected = next is null ? 1 : next.Length;
        Assert.Equal(expected, failures.Count);
        Assert.Contains(says, failures[^1], StringComparison.Ordinal);
        Assert.Equal(expected, pump.Restarts);
        Assert.Equal(expected, channel.Writer.Counters.SourceRestarts);
        Assert.Equal(ChannelState.Live, channel.State);
        Assert.Equal(pump.Published, channel.Last.FrameNumber);
        Assert.Equal(channel.Last.FrameNumber, channel.Hashes.Count);
        Assert.Equal(expected + 1, children.Count);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(children[0]));
    }

    private FfmpegSource Open(PixelFormat format = PixelFormat.Bgr24)
    {
        FfmpegSource source = new(new FfmpegOptions(Input, format) { StallTimeout = TimeSpan.FromSeconds(4) });
        source.Prepare(CancellationToken.None);
        Assert.True(source.CanRestart);
        return source;
    }

    private void Write(string words) => File.WriteAllText(_clip, "FAKE " + words);
}
