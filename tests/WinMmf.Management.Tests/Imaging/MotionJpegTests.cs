using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using WinMmf.Management.Imaging;
using Xunit;

namespace WinMmf.Management.Tests.Imaging;

/// <summary>Pictures of cameras that leave out the Huffman tables, as files.</summary>
public sealed class MotionJpegTests
{
    private static readonly byte[] Start = [0xFF, 0xD8, 0xFF, 0xDB, 0x00, 0x04, 0x01, 0x02, 0xFF, 0xC0, 0x00, 0x03, 0x08];
    private static readonly byte[] Scan = [0xFF, 0xDA, 0x00, 0x03, 0x01, 0x55, 0xFF, 0xD9];

    [Fact]
    public void A_picture_without_tables_gets_the_standard_ones_in_front_of_its_scan()
    {
        byte[] saved = MotionJpeg.Complete([.. Start, .. Scan]);
        Assert.Equal(Start, saved[..Start.Length]);
        Assert.Equal(Scan, saved[^Scan.Length..]);
        byte[] tables = saved[Start.Length..^Scan.Length];
        Assert.Equal([0xFF, 0xC4, 0x01, 0xA2], tables[..4]);
        Assert.Equal(0x01A2 + 2, tables.Length);

        // Each of the four tables has as many values as its sizes say.
        int at = 4;
        foreach ((int id, int values) in new[] { (0x00, 12), (0x10, 162), (0x01, 12), (0x11, 162) })
        {
            Assert.Equal(id, tables[at]);
            Assert.Equal(values, tables.Skip(at + 1).Take(16).Sum(static size => size));
            Assert.Equal(values, tables.Skip(at + 17).Take(values).Distinct().Count());
            at += 17 + values;
        }

        Assert.Equal(tables.Length, at);

        // And one that has them stays as it is.
        Assert.Equal(saved, MotionJpeg.Complete(saved));
    }

    [Theory]
    [InlineData("")]
    [InlineData("FFD8")]
    [InlineData("00112233445566")]
    [InlineData("FFD8FFDB0004")]
    [InlineData("FFD8FFDBFFFF0102")]
    [InlineData("FFD8FFFFFFFF")]
    public void What_is_no_picture_is_written_as_it_is(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.Equal(bytes, MotionJpeg.Complete(bytes));
    }

    [SkippableFact]
    public void They_are_those_that_ffmpeg_decodes_such_a_picture_with()
    {
        Skip.If(OperatingSystem.IsWindows() || !File.Exists("/usr/bin/ffmpeg"), "needs ffmpeg");
        string folder = Directory.CreateTempSubdirectory("winmmf-jpeg-").FullName;
        try
        {
            string whole = Path.Combine(folder, "whole.jpg");
            Run($"-v error -f lavfi -i testsrc=size=64x48 -frames:v 1 -c:v mjpeg -huffman default -pix_fmt yuvj420p {whole}");
            byte[] picture = File.ReadAllBytes(whole);
            byte[] bare = WithoutTables(picture);
            Assert.True(bare.Length < picture.Length - 400);
            string saved = Path.Combine(folder, "saved.jpg");
            File.WriteAllBytes(saved, MotionJpeg.Complete(bare));
            Run($"-v error -i {whole} -pix_fmt rgb24 -f rawvideo {folder}/whole.rgb");
            Run($"-v error -i {saved} -pix_fmt rgb24 -f rawvideo {folder}/saved.rgb");
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "whole.rgb")), File.ReadAllBytes(Path.Combine(folder, "saved.rgb")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] WithoutTables(byte[] picture)
    {
        using MemoryStream left = new();
        left.Write(picture, 0, 2);
        int at = 2;
        while (picture[at + 1] != 0xDA)
        {
            int length = 2 + ((picture[at + 2] << 8) | picture[at + 3]);
            if (picture[at + 1] != 0xC4)
                left.Write(picture, at, length);
            at += length;
        }

        left.Write(picture, at, picture.Length - at);
        return left.ToArray();
    }

    private static void Run(string arguments)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", "-nostdin " + arguments) { UseShellExecute = false })!;
        Assert.True(ffmpeg.WaitForExit(60_000));
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
