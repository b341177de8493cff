using System;
using System.IO;
using WinMmf.Capture.Platform.Linux;
using WinMmf.Errors;
using WinMmf.Frames;
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

    [Fact]
    public void A_stream_keeps_its_frames_and_takes_options()
    {
        FfmpegOptions options =
            new("rtsp://cam/1", PixelFormat.Nv12) { InputOptions = [new("rtsp_transport", "tcp"), new("timeout", "5000000")] };
        Assert.Equal(
            "-hide_banner -nostats -loglevel error -rtsp_transport tcp -timeout 5000000 -i rtsp://cam/1 -map 0:V:0 -vf scale=640:480 "
                + "-fps_mode passthrough -avioflags direct -f rawvideo -pix_fmt nv12 -",
            Decode(options, null));
        Assert.Contains("-rtsp_transport tcp", string.Join(' ', new FfmpegArguments(options).Probe()), StringComparison.Ordinal);
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
    [InlineData("rtsp://user:pa:ss@cam:554/live?token=1", "rtsp://cam:554/live", "pa:ss")]
    [InlineData("http://host/a@b/c", "http://host/a@b/c", null)]
    public void An_address_is_shown_without_its_secrets(string address, string shown, string? secret)
    {
        FfmpegInput input = FfmpegInput.Parse(address);
        Assert.Equal((FfmpegInputKind.Stream, shown, address), (input.Kind, input.Description, input.Argument));
        if (secret is not null)
            Assert.DoesNotContain(secret, input.Redact(address + ": Connection refused"), StringComparison.Ordinal);
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
        Refused(static () => new FfmpegSource(new FfmpegOptions("a", PixelFormat.Bgr24) { InputOptions = [new("-y", "1")] }));
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

    [Theory]
    [InlineData("ID=debian\n", "sudo apt-get install ffmpeg")]
    [InlineData("NAME=x\nID_LIKE=\"ubuntu debian\"\nID=linuxmint", "sudo apt-get install ffmpeg")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", "sudo dnf install ffmpeg (from RPM Fusion)")]
    [InlineData("ID=fedora", "sudo dnf install ffmpeg-free")]
    [InlineData("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"", "sudo zypper install ffmpeg")]
    [InlineData("ID=alpine", "sudo apk add ffmpeg")]
    [InlineData("ID=arch", "sudo pacman -S ffmpeg")]
    [InlineData("ID=own", "the package ffmpeg with the package manager")]
    [InlineData("", "the package ffmpeg with the package manager")]
    public void How_to_get_ffmpeg_depends_on_the_distribution(string release, string command) =>
        Assert.Contains(command, LinuxDistribution.HowToInstall("ffmpeg", release), StringComparison.Ordinal);

    private static void Refused(Func<object> make) =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(make).ErrorId);

    private static string Decode(FfmpegOptions options, double? rate)
    {
        FrameFormat format = options.PixelFormat == PixelFormat.Mjpg
            ? FrameFormat.Jpeg(640, 480, 1)
            : FrameFormat.Packed(640, 480, options.PixelFormat);
        return string.Join(' ', new FfmpegArguments(options).Decode(format, rate, ["-fps_mode", "passthrough"]));
    }
}
