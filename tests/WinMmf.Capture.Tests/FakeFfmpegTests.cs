using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using WinMmf.Tests;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>
/// With a stand-in that runs everywhere and fails on request. One class changes environment variables, so its collection runs alone.
/// </summary>
[Collection("environment")]
public sealed class FakeFfmpegTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-fake-").FullName;

    public FakeFfmpegTests() => FakeFfmpegPrograms.Use();

    public void Dispose()
    {
        FakeFfmpegPrograms.Forget();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(PixelFormat.Bgr24)]
    [InlineData(PixelFormat.Nv12)]
    public void Frames_come_through_whole_to_the_clean_end(PixelFormat format)
    {
        using FfmpegSource source = Open("width=320 height=240 frames=12", format);
        using Channel channel = new();
        Assert.Equal(12, channel.Pump(source).Published);
        Assert.Equal(12, channel.Hashes.Count);
        Assert.Equal(320, channel.Last.Format.Width);
    }

    [Theory]
    [InlineData("frames=4 exit=3 stderr=moov-atom-missing", "exit code 3 after 4 frames: moov-atom-missing")]
    [InlineData("frames=4 cut=100", "within a frame, after 4 whole ones")]
    [InlineData("frames=4 exit=1 cut=70000", "within a frame, after 4 whole ones")]
    [InlineData("frames=0", "without a single frame")]
    [InlineData("frames=0 exit=1 stderr=bad", "exit code 1 after 0 frames: bad")]
    public void A_failure_is_told_from_an_end(string clip, string says)
    {
        using FfmpegSource source = Open("width=320 height=240 " + clip);
        using Channel channel = new();
        WinMmfException e = Assert.Throws<WinMmfException>(() => channel.Pump(source));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Equal(ChannelState.Failed, channel.State);
    }

    /// <summary>One cause, one message: what ffmpeg itself writes, and what a user is told of it.</summary>
    [Theory]
    [InlineData("Cannot_open_video_device_/dev/video9:_No_such_file_or_directory", WinMmfErrorId.NotFound, "is not there")]
    [InlineData("Could_not_find_video_device_with_name_[Door]_among_source_devices.", WinMmfErrorId.NotFound, "is not there")]
    [InlineData("ioctl(VIDIOC_STREAMON):_No_space_left_on_device", WinMmfErrorId.NoBandwidth, "gets no bandwidth")]
    [InlineData("Could_not_run_graph_(0x800705AA)", WinMmfErrorId.NoBandwidth, "gets no bandwidth")]
    [InlineData("ioctl(VIDIOC_G_INPUT):_Device_or_resource_busy", WinMmfErrorId.SourceBusy, "is in use by another program")]
    [InlineData("/dev/video0:_Permission_denied", WinMmfErrorId.AccessDenied, "may not be opened by this account")]
    [InlineData("ioctl(VIDIOC_QUERYCAP):_Inappropriate_ioctl_for_device", WinMmfErrorId.NotFound, "is no camera")]
    [InlineData("Unknown_input_format:_'v4l9'", WinMmfErrorId.InvalidArgument, "has no such input format ('v4l9')")]
    [InlineData("Unrecognized_option_'rstptransport'.", WinMmfErrorId.InvalidArgument, "an input option is not known")]
    [InlineData("Option_framerat_not_found.", WinMmfErrorId.InvalidArgument, "('framerat')")]
    [InlineData("Connection_to_tcp://127.0.0.1:554_failed:_Connection_refused", WinMmfErrorId.SourceUnreachable, "refuses the connection")]
    [InlineData("Could_not_set_video_options", WinMmfErrorId.InvalidFormat, "has no mode of this size")]
    [InlineData(
        "Unknown_input_format:_nono_/_Failed_to_set_value_'nono'_for_option_'f':_Invalid_argument", WinMmfErrorId.InvalidArgument,
        "has no such input format ('nono')")]
    [InlineData("something_that_nobody_has_seen", WinMmfErrorId.PublisherFailed, "holds no video that ffmpeg can read")]
    public void A_refusal_says_its_cause_and_no_other(string words, WinMmfErrorId id, string says)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Open("refuses=" + words));
        Assert.Equal(id, e.ErrorId);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains(words.Replace('_', ' ').TrimEnd('.')[..12], e.Message, StringComparison.Ordinal);
        if (id != WinMmfErrorId.PublisherFailed)
            Assert.DoesNotContain("holds no video", e.Message, StringComparison.Ordinal);
    }

    /// <summary>As ffprobe writes it of an RTSP address where nothing listens.</summary>
    [Fact]
    public void A_refusal_is_one_sentence_and_one_remedy()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Open(
            "refuses=Connection_to_tcp://127.0.0.1:9_failed:_Connection_refused_/_[concat_@_0x5597fa311f40]_Impossible_to_open_'rtsp:/x'"
                + "_/_pipe:0:_Connection_refused"));
        Assert.Equal(
            "'clip.fake' refuses the connection: nothing listens at that address and port: Connection to tcp://127.0.0.1:9 failed: "
                + "Connection refused. Check the port, and that the sender runs.",
            e.Message);
        Assert.True(e.Facts.IsMessageAdvised);
    }

    [Theory]
    [InlineData("smpte2084", "(PQ)")]
    [InlineData("arib-std-b67", "(HLG)")]
    [InlineData("bt709", null)]
    [InlineData("bt2020-10", null)]
    public void A_high_dynamic_range_is_warned_of_where_ffmpeg_cannot_map_it(string transfer, string? standard)
    {
        using FfmpegSource source = Open("frames=3 transfer=" + transfer);
        using Channel channel = new();
        Assert.Equal(3, channel.Pump(source).Published);
        if (standard is null)
            Assert.Empty(source.Notes);
        else
            Assert.Contains(standard + ", and this ffmpeg cannot map it", Assert.Single(source.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90, 48, 64)]
    [InlineData(-90, 48, 64)]
    [InlineData(180, 64, 48)]
    [InlineData(0, 64, 48)]
    public void Rotation_swaps_the_sides(int degrees, int width, int height)
    {
        using FfmpegSource source = Open($"rotation={degrees}");
        Assert.Equal((width, height), (source.Format.Width, source.Format.Height));
    }

    [Fact]
    public void A_child_that_does_not_listen_is_killed_within_the_grace_time()
    {
        using FfmpegSource source = Open("deaf=1", loop: true);
        using Channel channel = new();
        using CancellationTokenSource cancel = new();
        int child = 0;
        Stopwatch watch = new();
        channel.Pump(source, cancel.Token, p => p.Progress += () =>
        {
            child = source.ChildProcessId;
            if (p.Published == 10)
            {
                watch.Start();
                cancel.Cancel();
            }
        });
        source.Dispose();
        Assert.True(watch.ElapsedMilliseconds < 15_000, $"{watch.ElapsedMilliseconds} ms");
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(child));
    }

    [Theory]
    [InlineData("shim=1 deaf=1", "")]
    [InlineData("shim=1", "")]
    [InlineData("shim=1 frames=1000000", "fake://user:secret@")]
    public void What_the_child_started_ends_with_the_source(string clip, string protocol)
    {
        using FfmpegSource source = new(
            new FfmpegOptions(protocol + Write(clip), PixelFormat.Bgr24) { Pace = false, Loop = protocol.Length == 0 });
        source.Prepare(CancellationToken.None);
        using Channel channel = new();
        using CancellationTokenSource cancel = new();
        int real = 0;
        channel.Pump(source, cancel.Token, p => p.Progress += () =>
        {
            if (p.Published != 5)
                return;
            real = int.Parse(File.ReadAllText(Path.Combine(_folder, "clip.fake.pid")), CultureInfo.InvariantCulture);
            cancel.Cancel();
        });
        Assert.NotEqual(source.ChildProcessId, real);
        source.Dispose();
        Assert.True(SpinWait.SpinUntil(() => !IsAlive(real), TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_missing_file_program_or_folder_is_named()
    {
        using FfmpegSource missing = new(new FfmpegOptions(Path.Combine(_folder, "none.mp4"), PixelFormat.Bgr24));
        WinMmfException e = Assert.Throws<WinMmfException>(() => missing.Prepare(CancellationToken.None));
        Assert.Equal(WinMmfErrorId.FileNotFound, e.ErrorId);
        Assert.Contains("none.mp4", e.Message, StringComparison.Ordinal);

        using FfmpegSource folder = new(new FfmpegOptions(_folder, PixelFormat.Bgr24));
        Assert.Contains(
            "is a folder", Assert.Throws<WinMmfException>(() => folder.Prepare(CancellationToken.None)).Message, StringComparison.Ordinal);

        using FfmpegSource program = new(
            new FfmpegOptions(Write("frames=1"), PixelFormat.Bgr24) { Program = Path.Combine(_folder, "ffmpeg-none") });
        e = Assert.Throws<WinMmfException>(() => program.Prepare(CancellationToken.None));
        Assert.Equal((WinMmfErrorId.ProgramNotFound, "ffmpeg"), (e.ErrorId, e.Facts.Program));
    }

    [Fact]
    public void Steady_reading_allocates_nothing()
    {
        using FfmpegSource source = Open("width=64 height=48 frames=130");
        using Channel channel = new();
        long[] counts = new long[6];
        FramePump pump = new(source, channel.Writer);
        pump.Progress = () =>
        {
            // After 10 frames, and after each 20 more.
            if (pump.Published % 20 == 10 && pump.Published / 20 < counts.Length)
                counts[pump.Published / 20] = GC.GetAllocatedBytesForCurrentThread();
        };
        pump.Run(CancellationToken.None);
        Assert.Equal(130, pump.Published);
        Allocation.AssertNoneBetween(counts);
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string Write(string clip)
    {
        string path = Path.Combine(_folder, "clip.fake");
        File.WriteAllText(path, "FAKE " + clip);
        return path;
    }

    private FfmpegSource Open(string clip, PixelFormat format = PixelFormat.Bgr24, bool loop = false)
    {
        FfmpegSource source = new(new FfmpegOptions(Write(clip), format) { Pace = false, Loop = loop });
        source.Prepare(CancellationToken.None);
        return source;
    }
}

/// <summary>Whatever changes environment variables.</summary>
[CollectionDefinition("environment", DisableParallelization = true)]
public sealed class EnvironmentCollection;
