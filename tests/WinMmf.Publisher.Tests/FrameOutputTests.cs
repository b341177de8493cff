using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Management.Ffmpeg;
using WinMmf.Publisher.Reading;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>Frames on standard output, for programs that know nothing of WinMmf.</summary>
public sealed class FrameOutputTests
{
    [Theory]
    [InlineData("bgr24", 64 * 48 * 3)]
    [InlineData("gray8", 64 * 48)]
    [InlineData("nv12", 64 * 48 * 3 / 2)]
    public void Raw_frames_follow_one_another_whole_and_nothing_else(string format, int length)
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = Publish(name, "--pixel-format", format, "--fps", "100");
        using PublisherProcess reader = PublisherProcess.StartRaw("read", name, "--raw", "-", "--every", "--frames", "20");
        byte[] all = ReadToEnd(reader.Output);
        Assert.Equal(0, reader.WaitForExit());
        Assert.Equal(20 * length, all.Length);
        long last = 0;
        for (int i = 0; i < 20; i++)
        {
            byte[] frame = all[(i * length)..((i + 1) * length)];
            Assert.True(SyntheticPayload.IsWhole(frame, out long number), $"frame {i}");
            Assert.True(number > last);
            last = number;
        }

        Assert.Contains($"{length} bytes a frame, as in: ffplay -f rawvideo -pixel_format", reader.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_reader_gets_fewer_frames_and_each_of_them_new()
    {
        const int Length = 64 * 48 * 3;
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = Publish(name, "--fps", "100");
        using PublisherProcess reader = PublisherProcess.StartRaw("read", name, "--raw", "-");
        byte[] frame = new byte[Length];
        List<long> numbers = [];

        // The pipe holds a few frames; what comes when it has stood still for long is none of those in between.
        for (int i = 0; i < 40; i++)
        {
            reader.Output.ReadExactly(frame);
            Assert.True(SyntheticPayload.IsWhole(frame, out long number));
            numbers.Add(number);
            if (i == 10)
                Thread.Sleep(2000);
        }

        Assert.Equal(numbers.Order(), numbers);
        Assert.True(numbers[^1] - numbers[0] > 100, string.Join(' ', numbers));
    }

    [Fact]
    public void A_reader_that_closes_its_pipe_ends_it_in_good_order()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = Publish(name);
        using PublisherProcess reader = PublisherProcess.StartRaw("read", name, "--y4m", "-");
        byte[] some = new byte[1000];
        reader.Output.ReadExactly(some);
        reader.Output.Dispose();
        Assert.Equal(0, reader.WaitForExit());
        Assert.Contains("the output was closed", reader.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", reader.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_takes_nothing_does_not_keep_it_from_ending()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = Publish(name, "--width", "640", "--height", "480");
        using PublisherProcess reader = PublisherProcess.StartRaw("read", name, "--raw", "-", "--duration", "1");
        Assert.Equal(0, reader.WaitForExit());
    }

    [Fact]
    public void Another_size_is_said_and_ends_it()
    {
        string name = PublisherProcess.NewName();
        using (PublisherProcess first = Publish(name))
        using (PublisherProcess reader = PublisherProcess.StartRaw("read", name, "--raw", "-", "--timeout", "60", "--frames", "1000"))
        {
            byte[] frame = new byte[64 * 48 * 3];
            reader.Output.ReadExactly(frame);
            first.KillHard();
            using PublisherProcess second = PublisherProcess.Start(
                "publish", "-n", name, "--width", "128", "--height", "96", "--fps", "30", "--json");
            Assert.Equal(0, ReadToEnd(reader.Output).Length % frame.Length);
            Assert.Equal(1, reader.WaitForExit());
            Assert.Contains("another size or pixel format", reader.Errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--raw and --y4m exclude each other", "--raw", "-", "--y4m", "-")]
    [InlineData("--lease", "--raw", "-", "--lease")]
    [InlineData("--json", "--raw", "-", "--json")]
    [InlineData("--hash", "--y4m", "-", "--hash")]
    public void What_does_not_go_together_is_refused(string expected, params string[] arguments)
    {
        (int code, _, string errors) = PublisherProcess.Run(["read", "cam", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gets_them_too_and_one_that_cannot_be_written_is_said()
    {
        string name = PublisherProcess.NewName();
        string file = Path.Combine(Path.GetTempPath(), name + ".y4m");
        using PublisherProcess publisher = Publish(name);
        try
        {
            (int code, _, string errors) = PublisherProcess.Run("read", name, "--y4m", file, "--frames", "3");
            Assert.True(code == 0, errors);
            byte[] all = File.ReadAllBytes(file);
            string head = "YUV4MPEG2 W64 H48 F30000:1000 Ip A1:1 C444 XCOLORRANGE=LIMITED\n";
            Assert.Equal(head, Encoding.ASCII.GetString(all, 0, head.Length));
            Assert.Equal(head.Length + (3 * (6 + (64 * 48 * 3))), all.Length);
        }
        finally
        {
            File.Delete(file);
        }

        (int refused, _, string said) = PublisherProcess.Run("read", name, "--raw", Path.Combine(file, "no", "folder"), "--frames", "3");
        Assert.Equal(1, refused);
        Assert.Contains("SaveFailed", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PixelFormat.Bgr24, 6, 4, 24)]
    [InlineData(PixelFormat.Gray8, 5, 3, 8)]
    [InlineData(PixelFormat.Yuy2, 6, 3, 16)]
    [InlineData(PixelFormat.Nv12, 6, 4, 8)]
    [InlineData(PixelFormat.I420, 6, 4, 10)]
    public void What_lies_between_rows_is_left_out(PixelFormat pixels, int width, int height, int stride)
    {
        FrameFormat wide = FrameFormat.WithStride(width, height, stride, pixels);
        FrameFormat packed = FrameFormat.Packed(width, height, pixels);
        byte[] plain = new byte[packed.PayloadLength];
        new Random(7).NextBytes(plain);
        byte[] padded = new byte[wide.PayloadLength];
        Array.Fill(padded, (byte)0xEE);
        int rows = pixels == PixelFormat.Nv12 ? height * 3 / 2 : height;
        for (int y = 0; y < rows; y++)
            plain.AsSpan(y * packed.Stride, packed.Stride).CopyTo(padded.AsSpan(y * stride));
        for (int y = 0; pixels == PixelFormat.I420 && y < height; y++)
            plain.AsSpan((packed.Stride * height) + (y * width / 2), width / 2).CopyTo(padded.AsSpan((stride * height) + (y * stride / 2)));
        Assert.Equal(plain, Write(new RawForm(), wide, padded));
        Assert.Equal(Write(new Y4mForm(), packed, plain), Write(new Y4mForm(), wide, padded));
    }

    [Fact]
    public void Planes_of_y4m_are_y_u_v()
    {
        byte[] i420 = [1, 2, 3, 4, 9, 8];
        Assert.Equal(i420, Write(new Y4mForm(), FrameFormat.Packed(2, 2, PixelFormat.I420), i420)[6..]);
        Assert.Equal(i420, Write(new Y4mForm(), FrameFormat.Packed(2, 2, PixelFormat.Nv12), i420)[6..]);
        Assert.Equal([1, 2, 9, 8], Write(new Y4mForm(), FrameFormat.Packed(2, 1, PixelFormat.Yuy2), [1, 9, 2, 8])[6..]);

        // White, red and blue in BT.601, limited range.
        Assert.Equal([235, 81, 41, 128, 90, 240, 128, 240, 110],
            Write(new Y4mForm(), FrameFormat.Packed(3, 1, PixelFormat.Bgr24), [255, 255, 255, 0, 0, 255, 255, 0, 0])[6..]);
    }

    [SkippableTheory]
    [InlineData("bgr24", "--y4m")]
    [InlineData("i420", "--y4m")]
    [InlineData("yuy2", "--y4m")]
    [InlineData("gray8", "--y4m")]
    [InlineData("nv12", "--raw")]
    public async Task Ffmpeg_reads_it_and_sees_the_picture(string format, string option)
    {
        Skip.If(FfmpegProgram.Find(out string? fault) is null, fault);
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = Publish(name, "--pixel-format", format);
        using PublisherProcess reader = PublisherProcess.StartRaw("read", name, option, "-", "--frames", "5");
        string input = option == "--y4m" ? "-f yuv4mpegpipe" : "-f rawvideo -pixel_format nv12 -video_size 64x48";
        ProcessStartInfo start = new(
            FfmpegProgram.Find(out _)!, $"-v error {input} -i - -f rawvideo -pix_fmt rgb24 -")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process ffmpeg = Process.Start(start)!;
        Task feeding = Task.Run(() =>
        {
            reader.Output.CopyTo(ffmpeg.StandardInput.BaseStream);
            ffmpeg.StandardInput.Close();
        });
        byte[] rgb = ReadToEnd(ffmpeg.StandardOutput.BaseStream);
        await feeding;
        Assert.Equal(5 * 64 * 48 * 3, rgb.Length);

        // The bars of the test picture begin bright and end dark, and something small moves over them.
        Assert.InRange(MeanOf(rgb, 0, 7), 150, 255);
        Assert.InRange(MeanOf(rgb, 57, 64), 0, 110);
    }

    /// <summary>The mean of some columns in the upper half of the first picture, 64 pixels wide.</summary>
    private static double MeanOf(byte[] rgb, int from, int past)
    {
        double sum = 0;
        for (int y = 2; y < 24; y++)
        {
            for (int i = ((y * 64) + from) * 3; i < ((y * 64) + past) * 3; i++)
                sum += rgb[i];
        }

        return sum / (22 * (past - from) * 3);
    }

    private static byte[] Write(FrameForm form, in FrameFormat format, byte[] payload)
    {
        using MemoryStream output = new();
        form.Write(output, format, payload);
        return output.ToArray();
    }

    private static PublisherProcess Publish(string name, params string[] more)
    {
        string[] size = more.Contains("--width") ? [] : ["--width", "64", "--height", "48"];
        string[] rate = more.Contains("--fps") ? [] : ["--fps", "30"];
        PublisherProcess publisher = PublisherProcess.Start(["publish", "-n", name, "--synthetic", .. size, .. rate, "--json", .. more]);
        publisher.WaitForEvent("ready");
        return publisher;
    }

    private static byte[] ReadToEnd(Stream stream)
    {
        using MemoryStream all = new();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
