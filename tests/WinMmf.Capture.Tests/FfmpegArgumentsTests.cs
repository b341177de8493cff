using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Cameras;
using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class FfmpegArgumentsTests
{
    [Theory]
    [InlineData("v4l2", "/dev/video7",
        "-f v4l2 -video_size 640x480 -framerate 25 -input_format mjpeg -i /dev/video7 -map 0:V:0 -c:v copy -f mjpeg -")]
    [InlineData("dshow", "video=HD Webcam",
        "-f dshow -video_size 640x480 -framerate 25 -vcodec mjpeg -i video=HD Webcam -map 0:V:0 -c:v copy -f mjpeg -")]
    public void A_camera_is_asked_for_size_rate_and_MJPEG(string format, string device, string expected)
    {
        FfmpegOptions options = new(FfmpegInput.Parse(device, format), PixelFormat.Mjpg) { Width = 640, Height = 480, FrameRate = 25 };
        Assert.Equal("-hide_banner -nostats -loglevel error " + expected, Decode(options, 25));
    }

    [Theory]
    [InlineData("v4l2", "/dev/video7", "-f v4l2 -i /dev/video7")]
    [InlineData("dshow", @"@device:pnp:\\?\usb#vid_046d&pid_0825&mi_00#7&2a&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global",
        @"-f dshow -i video=@device_pnp_\\?\usb#vid_046d&pid_0825&mi_00#7&2a&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global")]
    public void A_camera_of_any_name_is_opened_by_what_is_unique(string format, string path, string expected)
    {
        FoundCamera camera = new("Cam: \"front\" = [a] | b%d", path, format, 3);
        FfmpegInput input = FfmpegInput.Of(CameraInput.Of(camera));
        Assert.Contains(expected, Decode(new FfmpegOptions(input, PixelFormat.Bgr24), null), StringComparison.Ordinal);
        Assert.Equal(camera.Name, input.Description);
        Assert.Equal(format == "dshow" ? "3" : path, CameraInput.Of(camera).OpenCvName);
    }

    [Fact]
    public void A_camera_that_is_fast_enough_as_JPEG_only_is_asked_for_that_and_decoded()
    {
        FoundCamera camera = new("Cam", "/dev/video7", "v4l2", 7)
        {
            Formats = [new CameraFormat("YUYV", 1280, 720, [10]), new CameraFormat("MJPG", 1280, 720, [30])],
        };
        CameraInput input = CameraInput.Of(camera);
        Assert.False(input.NeedsJpeg(1280, null, null));
        FfmpegOptions options = new(FfmpegInput.Of(input), PixelFormat.Bgr24)
        {
            Width = 1280,
            Height = 720,
            AsksForJpeg = input.NeedsJpeg(1280, 720, null),
        };
        string line = Decode(options, null);
        Assert.Contains("-f v4l2 -video_size 1280x720 -input_format mjpeg -i /dev/video7", line, StringComparison.Ordinal);
        Assert.Contains("-pix_fmt bgr24", line, StringComparison.Ordinal);
    }

    private const string ByScript =
        "-f concat -safe 0 -auto_convert 0 -protocol_whitelist "
            + "pipe,http,https,httpproxy,tls,tcp,udp,udplite,rtp,srtp,rtmp,rtmpe,rtmps,rtmpt,rtmpte,rtmpts,"
        + "ffrtmpcrypt,ffrtmphttp,mmsh,mmst,ftp,sftp,"
        + "gopher,gophers,srt,rist,sctp,amqp,zmq,ipfs,ipns,crypto,data,hls,async,cache";

    [Fact]
    public void A_stream_keeps_its_frames_and_its_address_and_options_are_no_arguments()
    {
        FfmpegOptions options = new("rtsp://user:it's@cam/1",
            PixelFormat.Nv12)
        { InputOptions = [new("rtsp_transport", "tcp"), new("headers", "User-Agent: x\r\nX-Key: 'a' b\r\n")] };
        Assert.Equal(
            $"-hide_banner -nostats -loglevel error {ByScript} -i pipe:0 -map 0:V:0 -vf scale=640:480 -fps_mode passthrough -avioflags "
                + "direct -f rawvideo -pix_fmt nv12 -",
            Decode(options, null));
        FfmpegCommand probe = new FfmpegArguments(options).Probe();
        Assert.StartsWith($"-v warning {ByScript} -select_streams", string.Join(' ', probe.Arguments), StringComparison.Ordinal);
        Assert.EndsWith("-of json pipe:0", string.Join(' ', probe.Arguments), StringComparison.Ordinal);
        Assert.Equal(
            "ffconcat version 1.0\nfile 'rtsp://user:it'\\''s@cam/1'\noption rtsp_transport 'tcp'\noption user_agent 'x'\noption headers "
                + "'X-Key: '\\''a'\\'' b'\n",
            probe.Script);
    }

    [Fact]
    public void Each_option_goes_to_what_understands_it()
    {
        FfmpegOptions options = new("http://cam/1", PixelFormat.Nv12)
        {
            InputOptions =
            [
                new("ss", "10"), new("hwaccel", "auto"), new("thread_queue_size", "64"), new("accurate_seek", "False"),
                    new("noautorotate", ""), new("c:v", "h264"), new("r", "30000/1001"),
                new("threads", "1"), new("err_detect", "explode"), new("rw_timeout", "5"),
            ],
        };
        FfmpegArguments arguments = new(options);
        FfmpegCommand decode = arguments.Decode(FrameFormat.Packed(640, 480, PixelFormat.Nv12), null, []);
        Assert.Contains($" -ss 10 -hwaccel auto -thread_queue_size 64 -noaccurate_seek -noautorotate -c:v h264 -r 30000/1001 {ByScript} "
            + "-threads 1 -err_detect explode -i pipe:0 ", string.Join(' ', decode.Arguments), StringComparison.Ordinal);
        Assert.EndsWith(
            "file 'http://cam/1'\noption err_detect 'explode'\noption rw_timeout '5'\n", decode.Script!, StringComparison.Ordinal);

        // ffprobe refuses what is ffmpeg's own.
        Assert.StartsWith($"-v warning {ByScript} -threads 1 -err_detect explode -select_streams",
            string.Join(' ', arguments.Probe().Arguments), StringComparison.Ordinal);
        Assert.Equal((30000.0 / 1001, 0.0), (arguments.InputRate, arguments.InputRotation));

        // A device has no script: its format could not be forced.
        arguments = new(options with { Input = FfmpegInput.Parse("/dev/video7", "v4l2") });
        Assert.Equal(
            "-v warning -f v4l2 -framerate 30000/1001 -threads 1 -err_detect explode -rw_timeout 5 -select_streams",
                string.Join(' ', arguments.Probe().Arguments).Split(" V:0")[0]);
        Assert.Null(arguments.Probe().Script);
    }

    [Fact]
    public void A_format_is_forced_unless_that_would_show_a_secret()
    {
        Assert.Contains("-f mjpeg -i http://cam/1 ",
            Decode(new FfmpegOptions(FfmpegInput.Parse("http://cam/1", "mjpeg"), PixelFormat.Gray8), null), StringComparison.Ordinal);
        foreach (string address in new[] { "http://u:p@cam/1", "http://cam/1?token=x", "rtsp://cam/user=a&password=b" })
        {
            string line = Decode(new FfmpegOptions(FfmpegInput.Parse(address, "mjpeg"), PixelFormat.Gray8), null);
            Assert.DoesNotContain("cam", line, StringComparison.Ordinal);
            Assert.DoesNotContain("-f mjpeg", line, StringComparison.Ordinal);
        }

        FfmpegOptions key = new("film.mp4", PixelFormat.Gray8) { InputOptions = [new("decryption_key", "00ff")] };
        Assert.DoesNotContain("00ff", Decode(key, null), StringComparison.Ordinal);
        Assert.Contains("option decryption_key '00ff'", new FfmpegArguments(key).Probe().Script, StringComparison.Ordinal);
        Refused(() => new FfmpegArguments(key with { Input = FfmpegInput.Parse("x", "lavfi") }));
    }

    [Fact]
    public void A_file_is_read_at_its_own_speed_unless_told_otherwise()
    {
        FfmpegOptions options = new("a.mp4", PixelFormat.Bgr24) { Loop = true };
        Assert.Contains(" -re -stream_loop -1 -i file:", Decode(options, null), StringComparison.Ordinal);
        Assert.DoesNotContain("-re", Decode(options with { Pace = false }, null).Split(' '));
        Assert.Contains(
            " -re ", Decode(new FfmpegOptions("http://x/y", PixelFormat.Bgr24) { Pace = true }, null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://user:pa:ss@cam:554/live?token=1", "rtsp://cam:554/live")]
    [InlineData("http://host/a@b/c", "http://host/a@b/c")]
    [InlineData("rtsp://host/user=a&password=b&channel=1", "rtsp://host/user=***&password=***&channel=1")]
    [InlineData("http://host:8080/@b#x", "http://b")]
    public void An_address_is_shown_without_its_secrets(string address, string shown)
    {
        FfmpegInput input = FfmpegInput.Parse(address);
        Assert.Equal((FfmpegInputKind.Stream, shown, address), (input.Kind, input.Description, input.Argument));
    }

    [Fact]
    public void An_input_is_a_file_an_address_or_a_device()
    {
        Assert.Equal("file:" + Path.GetFullPath("-y.mp4"), FfmpegInput.Parse("-y.mp4").Argument);
        Assert.Equal("testsrc2=size=64x48", FfmpegInput.Parse("testsrc2=size=64x48", "lavfi").Argument);
        string file = Path.GetTempFileName();
        Assert.Equal(FfmpegInputKind.File, FfmpegInput.Parse(file, "mjpeg").Kind);
        Assert.Equal(FfmpegInputKind.File, FfmpegInput.Parse(new Uri(file).AbsoluteUri).Kind);
        File.Delete(file);
    }

    [Fact]
    public void What_makes_no_sense_is_refused_before_anything_runs()
    {
        Refused(static () => FfmpegInput.Parse(" "));
        Refused(static () => FfmpegInput.Parse("x", "-i evil"));
        Refused(static () => FfmpegInput.Parse("x", ""));
        Refused(static () => new FfmpegSource(new FfmpegOptions("a", PixelFormat.Bgr24) { FrameRate = 0 }));
        Refused(static () => new FfmpegSource(new FfmpegOptions("http://a", PixelFormat.Bgr24) { Loop = true }));
        Refused(static () => new FfmpegSource(new FfmpegOptions("a", PixelFormat.Mjpg) { Width = 64 }));
        Refused(static () => FfmpegInput.Parse("rtsp://user:pa/ss@cam/1"));
        Refused(static () => FfmpegInput.Parse("rtsp://user:pa?ss@cam/1"));
        foreach (string name in new[] { "-y", "", "a b", "i", "f", "vf", "map", "y", "filter_complex" })
            Refused(() => new FfmpegSource(new FfmpegOptions("a", PixelFormat.Bgr24) { InputOptions = [new(name, "1")] }));
        Refused(static () => new FfmpegSource(new FfmpegOptions("a", PixelFormat.Bgr24) { InputOptions = [new("re", "x.mp4")] }));
        Refused(static () => new FfmpegArguments(
            new FfmpegOptions("http://a", PixelFormat.Bgr24) { InputOptions = [new("user_agent", "a\nfile 'b'")] }).Probe());
        Refused(static () => new FfmpegArguments(
            new FfmpegOptions("http://a", PixelFormat.Bgr24) { InputOptions = [new("headers", "A: b\nC: d")] }).Probe());
    }

    [Theory]
    [InlineData("ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright (c)", "-vsync")]
    [InlineData("ffmpeg version n5.0 Copyright", "-vsync")]
    [InlineData("ffmpeg version 5.1.9-0+deb12u1 Copyright", "-fps_mode")]
    [InlineData("ffmpeg version 7-static", "-fps_mode")]
    [InlineData("ffmpeg version N-118000-g1234567 Copyright", "-fps_mode")]
    [InlineData("ffmpeg version 2026-01-07-git-0000000-full_build-www.gyan.dev", "-fps_mode")]
    [InlineData("", "-fps_mode")]
    [InlineData(null, "-fps_mode")]
    public void The_option_that_passes_frames_on_is_spelt_as_this_ffmpeg_knows_it(string? line, string option) =>
        Assert.Equal(option, FfmpegVersion.PassRate(line)[0]);

    private static void Refused(Func<object> make) =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(make).ErrorId);

    private static string Decode(FfmpegOptions options, double? rate)
    {
        FrameFormat format = options.PixelFormat == PixelFormat.Mjpg
            ? FrameFormat.Jpeg(640, 480, 1)
            : FrameFormat.Packed(640, 480, options.PixelFormat);
        return string.Join(' ', new FfmpegArguments(options).Decode(format, rate, ["-fps_mode", "passthrough"]).Arguments);
    }
}
