using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>With the real ffmpeg; skipped where there is none.</summary>
public sealed class FfmpegSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-ffmpeg-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData(PixelFormat.Bgr24, "bgr24")]
    [InlineData(PixelFormat.Bgra32, "bgra")]
    [InlineData(PixelFormat.Gray8, "gray")]
    [InlineData(PixelFormat.Yuy2, "yuyv422")]
    [InlineData(PixelFormat.Nv12, "nv12")]
    [InlineData(PixelFormat.I420, "yuv420p")]
    public void Every_frame_is_what_ffmpeg_alone_decodes(PixelFormat format, string name)
    {
        string clip = Clip();
        using FfmpegSource source = new(new FfmpegOptions(clip, format) { Pace = false });
        source.Prepare(CancellationToken.None);
        Assert.Equal((320, 180), (source.Format.Width, source.Format.Height));
        Assert.Equal(25, source.FrameRate);
        using Channel channel = new();
        FramePump pump = channel.Pump(source);
        Assert.Equal(25, pump.Published);
        Assert.Equal(RealFfmpeg.Decode(clip, source.Format.PayloadLength, "-f", "rawvideo", "-pix_fmt", name), channel.Hashes);
    }

    [SkippableTheory]
    [InlineData("90")]
    [InlineData("270")]
    public void A_clip_turned_by_a_quarter_is_shown_upright(string degrees)
    {
        string clip = Clip();
        string turned = Path.Combine(_folder, "turned.mp4");

        // Before ffmpeg 6 by a tag, since then by an option of the input.
        if (RealFfmpeg.TryRun("-display_rotation", degrees, "-i", clip, "-c", "copy", turned) != 0)
            Assert.Equal(0, RealFfmpeg.TryRun("-i", clip, "-c", "copy", "-metadata:s:v:0", "rotate=" + degrees, turned));
        using FfmpegSource source = new(new FfmpegOptions(turned, PixelFormat.Bgr24) { Pace = false });
        source.Prepare(CancellationToken.None);
        Assert.Equal((180, 320), (source.Format.Width, source.Format.Height));
        using Channel channel = new();
        channel.Pump(source);
        Assert.Equal(RealFfmpeg.Decode(turned, source.Format.PayloadLength, "-f", "rawvideo", "-pix_fmt", "bgr24"), channel.Hashes);
    }

    [SkippableFact]
    public void A_width_alone_keeps_the_proportion()
    {
        string clip = Clip();
        using FfmpegSource source = new(new FfmpegOptions(clip, PixelFormat.I420) { Pace = false, Width = 160, FrameRate = 5 });
        source.Prepare(CancellationToken.None);
        Assert.Equal((160, 90), (source.Format.Width, source.Format.Height));
        Assert.Equal(5, source.FrameRate);
        using Channel channel = new();

        // ffmpeg rounds at both ends.
        Assert.InRange(channel.Pump(source).Published, 5, 8);
    }

    [SkippableFact]
    public void An_odd_size_is_an_error_where_the_format_needs_an_even_one()
    {
        string clip = OddClip();
        using FfmpegSource odd = new(new FfmpegOptions(clip, PixelFormat.Nv12) { Pace = false });
        Assert.Equal(WinMmfErrorId.InvalidFormat, Assert.Throws<WinMmfException>(() => odd.Prepare(CancellationToken.None)).ErrorId);
        using FfmpegSource source = new(new FfmpegOptions(clip, PixelFormat.Bgr24) { Pace = false });
        source.Prepare(CancellationToken.None);
        using Channel channel = new();
        channel.Pump(source);
        Assert.Equal(RealFfmpeg.Decode(clip, source.Format.PayloadLength, "-f", "rawvideo", "-pix_fmt", "bgr24"), channel.Hashes);
    }

    [SkippableFact]
    public void Pacing_takes_the_clips_own_time()
    {
        string clip = Clip();
        using FfmpegSource source = new(new FfmpegOptions(clip, PixelFormat.Gray8));
        source.Prepare(CancellationToken.None);
        using Channel channel = new();
        Stopwatch watch = Stopwatch.StartNew();
        channel.Pump(source);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.8, 60);
    }

    [SkippableFact]
    public void Looping_goes_on_until_cancelled_and_leaves_no_process()
    {
        string clip = Clip();
        using FfmpegSource source = new(new FfmpegOptions(clip, PixelFormat.Gray8) { Pace = false, Loop = true });
        source.Prepare(CancellationToken.None);
        using Channel channel = new();
        using CancellationTokenSource cancel = new();
        int child = 0;
        Stopwatch watch = new();
        FramePump pump = channel.Pump(source, cancel.Token, p => p.Progress += () =>
        {
            child = source.ChildProcessId;
            if (p.Published == 60)
            {
                watch.Start();
                cancel.Cancel();
            }
        });
        source.Dispose();
        Assert.True(pump.Published >= 60);
        Assert.True(watch.ElapsedMilliseconds < 15_000, $"{watch.ElapsedMilliseconds} ms");
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(child));
    }

    [SkippableFact]
    public void A_killed_ffmpeg_is_a_failure_and_not_an_end()
    {
        string clip = Clip();
        using FfmpegSource source = new(new FfmpegOptions(clip, PixelFormat.Bgr24));
        source.Prepare(CancellationToken.None);
        using Channel channel = new();
        WinMmfException e = Assert.Throws<WinMmfException>(() => channel.Pump(source, configure: p => p.Progress += () =>
        {
            if (p.Published == 3)
                Process.GetProcessById(source.ChildProcessId).Kill();
        }));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
        Assert.Contains("exit code", e.Message, StringComparison.Ordinal);
        Assert.Equal(ChannelState.Failed, channel.State);
    }

    [SkippableFact]
    public void What_is_no_video_is_refused_with_ffprobes_own_words()
    {
        RealFfmpeg.Require();
        string file = Path.Combine(_folder, "text.mp4");
        File.WriteAllText(file, "This is no video.");
        using FfmpegSource source = new(new FfmpegOptions(file, PixelFormat.Bgr24));
        WinMmfException e = Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
        Assert.Contains("Invalid data", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_name_that_looks_like_an_option_or_a_protocol_is_a_file()
    {
        string clip = Clip();
        foreach (string odd in new[] { "-y.mp4", "concat:a|b.mp4", "100%d.mp4", "a b'c.mp4" })
        {
            if (odd.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
                continue;
            string path = Path.Combine(_folder, odd);
            File.Copy(clip, path);
            using FfmpegSource source = new(new FfmpegOptions(path, PixelFormat.Gray8) { Pace = false });
            source.Prepare(CancellationToken.None);
            using Channel channel = new();
            Assert.Equal(25, channel.Pump(source).Published);
        }
    }

    /// <summary>One second of a moving test picture, 25 frames.</summary>
    private string Clip()
    {
        RealFfmpeg.Require();
        string path = Path.Combine(_folder, "clip.mp4");
        Assert.Equal(0, RealFfmpeg.TryRun("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "1", "-pix_fmt", "yuv420p", path));
        return path;
    }

    /// <summary>65 × 49 pixels, which needs another picture, codec and container.</summary>
    private string OddClip()
    {
        RealFfmpeg.Require();
        string path = Path.Combine(_folder, "odd.mkv");
        Assert.Equal(0, RealFfmpeg.TryRun(
            "-f", "lavfi", "-i", "testsrc=size=65x49:rate=5:decimals=1", "-t", "1", "-pix_fmt", "gbrp", "-c:v", "ffv1", path));
        return path;
    }
}
