using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using OpenCvSharp;
using WinMmf.Errors;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>The OpenCV process as a source; skipped where OpenCV's native library cannot be loaded.</summary>
public sealed class OpenCvSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-opencv-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_what_runs_it_the_program_is_as_good_as_absent()
    {
        Assert.False(OpenCvProgram.IsUsable(static () => null));
        Assert.False(OpenCvProgram.IsUsable(static () => throw new WinMmfException(WinMmfErrorId.ProgramNotFound, "There is no dotnet.")));
        Assert.True(OpenCvProgram.IsUsable(static () => new OpenCvProgram("/opt/opencv", [])));
        Assert.Throws<WinMmfException>(() => OpenCvProgram.IsUsable(
            static () => throw new WinMmfException(WinMmfErrorId.ProgramNotTrusted, "Another account can change it.")));
    }

    [SkippableFact]
    public void Frames_of_a_video_are_bit_for_bit_those_of_the_library()
    {
        string clip = Video(322, 242, 50);
        List<string> expected = OpenCvLibrary.Decode(clip, VideoCaptureAPIs.FFMPEG);
        Assert.Equal(50, expected.Count);
        using Channel channel = new();
        using OpenCvSource source = Open(channel, new OpenCvOptions(clip, PixelFormat.Bgr24) { Pace = false });
        Assert.Equal((322, 242, 25, "FFMPEG"), (source.Format.Width, source.Format.Height, source.FrameRate, source.Backend));
        Assert.False(source.CanRestart);
        Assert.Equal(50, channel.Pump(source).Published);
        Assert.Equal(expected, channel.Hashes);
    }

    [SkippableTheory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Bgra32)]
    public void Other_pixels_are_those_of_the_library(PixelFormat format)
    {
        string clip = Video(160, 120, 10);
        ColorConversionCodes code = format == PixelFormat.Gray8 ? ColorConversionCodes.BGR2GRAY : ColorConversionCodes.BGR2BGRA;
        List<string> expected = OpenCvLibrary.Decode(clip, VideoCaptureAPIs.FFMPEG, frame => frame.CvtColor(code));
        using Channel channel = new();
        using OpenCvSource source = Open(channel, new OpenCvOptions(clip, format) { Pace = false });
        channel.Pump(source);
        Assert.Equal(expected, channel.Hashes);
        Assert.Equal(format, channel.Last.Format.PixelFormat);
    }

    [SkippableFact]
    public void A_file_is_scaled()
    {
        string clip = Video(320, 240, 10);
        List<string> expected = OpenCvLibrary.Decode(
            clip, VideoCaptureAPIs.FFMPEG, static frame => frame.Resize(new Size(160, 120), 0, 0, InterpolationFlags.Area));
        using Channel channel = new();
        using OpenCvSource source = Open(channel, new OpenCvOptions(clip, PixelFormat.Bgr24) { Pace = false, Width = 160 });
        Assert.Equal((160, 120), (source.Format.Width, source.Format.Height));
        channel.Pump(source);
        Assert.Equal(expected, channel.Hashes);
    }

    [SkippableFact]
    public void Numbered_pictures_may_change_their_size()
    {
        OpenCvLibrary.Require();
        (int Width, int Height)[] sizes = [(64, 48), (64, 48), (400, 300), (400, 300), (80, 60), (64, 48)];
        for (int i = 0; i < sizes.Length; i++)
            OpenCvLibrary.WritePicture(Path.Combine(_folder, $"scan_{i:000}.png"), sizes[i].Width, sizes[i].Height, i);
        string pattern = Path.Combine(_folder, "scan_%03d.png");
        List<string> expected = OpenCvLibrary.Decode(pattern, VideoCaptureAPIs.IMAGES);
        Assert.Equal(sizes.Length, expected.Count);
        using Channel channel = new();
        using OpenCvSource source = Open(channel, new OpenCvOptions(pattern, PixelFormat.Bgr24) { FrameRate = 100 });
        Assert.Equal((64, 48, 100), (source.Format.Width, source.Format.Height, source.FrameRate));
        Assert.Equal(sizes.Length, channel.Pump(source).Published);
        Assert.Equal(expected, channel.Hashes);
        Assert.Equal((64, 48), (channel.Last.Format.Width, channel.Last.Format.Height));
    }

    [SkippableFact]
    public void A_looped_file_begins_again()
    {
        string clip = Video(64, 48, 7);
        List<string> once = OpenCvLibrary.Decode(clip, VideoCaptureAPIs.FFMPEG);
        using Channel channel = new();
        using OpenCvSource source = Open(channel, new OpenCvOptions(clip, PixelFormat.Bgr24) { Pace = false, Loop = true });
        Assert.Equal(20, channel.Pump(source, configure: static p => p.FrameLimit = 20).Published);
        Assert.Equal([.. once, .. once, .. once.Take(6)], channel.Hashes);
    }

    [SkippableFact]
    public void A_file_is_shown_at_its_own_speed()
    {
        string clip = Video(64, 48, 26);
        using Channel channel = new();
        using OpenCvSource source = Open(channel, new OpenCvOptions(clip, PixelFormat.Bgr24));
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(26, channel.Pump(source).Published);

        // 25 pauses of 40 ms; a machine may be slower, but no faster.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.95, 60);
    }

    [SkippableFact]
    public void A_crash_costs_a_gap_and_a_restart() => Recovers(Signal.Abort, "ended with exit code");

    [SkippableFact]
    public void A_hang_costs_a_gap_and_a_restart() => Recovers(Signal.Stop, "was silent for 2 s");

    [SkippableFact]
    public void Ten_thousand_frames_without_growth()
    {
        string clip = Video(64, 48, 500);
        using Channel channel = new();
        using OpenCvSource source = Open(channel, new OpenCvOptions(clip, PixelFormat.Bgr24) { Pace = false, Loop = true });
        long before = 0, after = 0;
        FramePump pump = new(source, channel.Writer) { FrameLimit = 11_000 };
        pump.Progress = () =>
        {
            // The first 1,000 frames warm the allocators up.
            if (pump.Published == 1_000)
                before = ResidentBytes(source.ChildProcessId);
            if (pump.Published == 11_000)
                after = ResidentBytes(source.ChildProcessId);
        };
        pump.Run(CancellationToken.None);
        Assert.Equal(11_000, pump.Published);

        // A lost frame of 64 × 48 pixels would make 92 MB of 10,000; a lost matrix header of 100 bytes 1 MB.
        Assert.InRange(after - before, -64 << 20, 8 << 20);
    }

    [SkippableFact]
    public void A_stop_ends_the_process_at_once()
    {
        string clip = Video(64, 48, 10);
        using Channel channel = new();
        using CancellationTokenSource end = new();
        int child;
        using (OpenCvSource source = Open(channel, new OpenCvOptions(clip, PixelFormat.Bgr24) { Loop = true }))
        {
            child = source.ChildProcessId;
            channel.Pump(source, end.Token, p => p.Progress += () =>
            {
                if (p.Published == 5)
                    end.Cancel();
            });
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(child));
    }

    [SkippableFact]
    public void What_does_not_open_says_so()
    {
        OpenCvLibrary.Require();
        string text = Path.Combine(_folder, "text.mp4");
        File.WriteAllText(text, "no video");
        Assert.Contains("cannot be opened by OpenCV", Fault(new OpenCvOptions(text, PixelFormat.Bgr24), WinMmfErrorId.SourceUnreachable));
        Assert.Contains("/dev/video987", Fault(new OpenCvOptions("/dev/video987", PixelFormat.Bgr24), WinMmfErrorId.SourceUnreachable));
        Assert.Contains("does not exist", Fault(
            new OpenCvOptions(Path.Combine(_folder, "no.avi"), PixelFormat.Bgr24), WinMmfErrorId.FileNotFound));
        Assert.Contains("is a folder", Fault(new OpenCvOptions(_folder, PixelFormat.Bgr24), WinMmfErrorId.FileNotFound));
    }

    [SkippableFact]
    public void A_program_without_its_native_library_says_what_to_install()
    {
        OpenCvLibrary.Require();
        string copy = Directory.CreateDirectory(Path.Combine(_folder, "program")).FullName;
        foreach (string file in Directory.GetFiles(OpenCvLibrary.Folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        string clip = Video(64, 48, 2);
        string message = Fault(
            new OpenCvOptions(clip, PixelFormat.Bgr24) { Program = OpenCvLibrary.Of(copy) }, WinMmfErrorId.NotSupported);
        Assert.Contains("libgtk-3-0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_OpenCV_cannot_do_is_refused_before_anything_starts()
    {
        WinMmf.Names.SharedName name = new("test", WinMmf.Names.NameScope.Local);
        Assert.Equal(WinMmfErrorId.InvalidFormat, Refusal(new OpenCvOptions("a.mp4", PixelFormat.Nv12)));
        Assert.Equal(WinMmfErrorId.InvalidArgument, Refusal(new OpenCvOptions("a.mp4", PixelFormat.Bgr24) { FrameRate = 5 }));
        Assert.Equal(WinMmfErrorId.InvalidArgument, Refusal(new OpenCvOptions("rtsp://a/b", PixelFormat.Bgr24) { FrameRate = 5 }));
        Assert.Equal(WinMmfErrorId.InvalidArgument, Refusal(new OpenCvOptions("rtsp://a/b", PixelFormat.Bgr24) { Loop = true }));
        Assert.Equal(WinMmfErrorId.InvalidArgument, Refusal(new OpenCvOptions("testsrc2", PixelFormat.Bgr24) { InputFormat = "lavfi" }));

        WinMmfErrorId Refusal(OpenCvOptions options) => Assert.Throws<WinMmfException>(() => new OpenCvSource(name, options)).ErrorId;
    }

    private static long ResidentBytes(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(static text => text.StartsWith("VmRSS", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], null);
    }

    private static OpenCvSource Open(Channel channel, OpenCvOptions options)
    {
        OpenCvSource source =
            new(channel.Writer.Name, options.Program is null ? options with { Program = OpenCvLibrary.Program } : options);
        source.Prepare(CancellationToken.None);
        return source;
    }

    private static string Fault(OpenCvOptions options, WinMmfErrorId expected)
    {
        using Channel channel = new();
        WinMmfException e = Assert.Throws<WinMmfException>(() => Open(channel, options));
        Assert.Equal(expected, e.ErrorId);
        return e.Message;
    }

    private string Video(int width, int height, int frames)
    {
        OpenCvLibrary.Require();
        string file = Path.Combine(_folder, $"{width}x{height}.avi");
        OpenCvLibrary.WriteVideo(file, width, height, frames);
        return file;
    }

    private void Recovers(int signal, string why)
    {
        string clip = Video(64, 48, 40);
        HashSet<string> expected = [.. OpenCvLibrary.Decode(clip, VideoCaptureAPIs.FFMPEG)];
        using Channel channel = new();
        using OpenCvSource source = Open(
            channel, new OpenCvOptions(clip, PixelFormat.Bgr24) { Loop = true, Pace = false, StallTimeout = TimeSpan.FromSeconds(2) });
        List<string> failures = [];
        List<ChannelState> states = [];
        int first = source.ChildProcessId;
        FramePump pump = channel.Pump(source, configure: p =>
        {
            p.RestartPause = TimeSpan.FromMilliseconds(50);

            // A process that aborts still gives some frames.
            p.FrameLimit = 100_000;
            p.Failed = e =>
            {
                p.FrameLimit = p.Published + 100;
                failures.Add(e.Message);
                states.Add(channel.State);
            };
            p.Progress += () =>
            {
                // The run-time lets the first one pass that comes from outside: an instruction that fails would fail again.
                if (p.Published >= 60 && failures.Count == 0)
                    Signal.TrySend(first, signal);
            };
        });
        Assert.Contains(why, Assert.Single(failures), StringComparison.Ordinal);
        Assert.Equal([ChannelState.Failed], states);
        Assert.Equal((pump.FrameLimit, 1, ChannelState.Live), (pump.Published, pump.Restarts, channel.State));
        Assert.Equal(1, channel.Writer.Counters.SourceRestarts);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(first));
        Assert.Subset(expected, channel.Hashes.ToHashSet());
        Assert.Equal(pump.Published, channel.Hashes.Count);
    }
}
