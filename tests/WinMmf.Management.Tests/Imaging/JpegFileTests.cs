using System;
using System.IO;
using WinMmf.Capture.Tests;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Ffmpeg;
using WinMmf.Management.Imaging;
using Xunit;

namespace WinMmf.Management.Tests.Imaging;

/// <summary>JPEG by another program. It changes the environment, so it runs by itself.</summary>
[Collection(nameof(JpegFileTests))]
[CollectionDefinition(nameof(JpegFileTests), DisableParallelization = true)]
public sealed class JpegFileTests : IDisposable
{
    private static readonly FrameFormat Format = FrameFormat.Packed(64, 48, PixelFormat.Bgr24);
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-jpeg-").FullName;
    private readonly string? _before = Environment.GetEnvironmentVariable(FfmpegProgram.Variable);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(FfmpegProgram.Variable, _before);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Without_ffmpeg_the_error_says_so_and_how_to_get_it_is_known()
    {
        Environment.SetEnvironmentVariable(FfmpegProgram.Variable, Path.Combine(_folder, "nothing"));
        using NativeBytes payload = new(Format.PayloadLength);
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameFile.Save(Path.Combine(_folder, "a.jpg"), Format, payload.Address));
        Assert.Equal((WinMmfErrorId.ProgramNotFound, "ffmpeg"), (e.ErrorId, e.Facts.Program));
        Assert.Contains("nstall", FfmpegProgram.HowToGet, StringComparison.Ordinal);
        Assert.Contains(FfmpegProgram.Variable, FfmpegProgram.HowToGet, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_program_that_cannot_run_is_a_clear_error()
    {
        string program = Path.Combine(_folder, "ffmpeg");
        File.WriteAllText(program, "no program");
        Environment.SetEnvironmentVariable(FfmpegProgram.Variable, program);
        using NativeBytes payload = new(Format.PayloadLength);
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameFile.Save(Path.Combine(_folder, "a.jpg"), Format, payload.Address));
        Assert.Equal(WinMmfErrorId.EncoderFailed, e.ErrorId);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [SkippableFact]
    public void Ffmpeg_makes_a_picture_of_the_right_size_and_colour()
    {
        Skip.If(FfmpegProgram.Find(out string? fault) is null, fault);
        using NativeBytes payload = new(Format.PayloadLength);
        for (int i = 0; i < Format.PayloadLength; i += 3)
            payload.Span[i + 2] = 255;
        string path = FrameFile.Save(Path.Combine(_folder, "a.jpeg"), Format, payload.Address);
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal([0xFF, 0xD8], file[..2]);
        Assert.Equal([0xFF, 0xD9], file[^2..]);
        Assert.Equal((64, 48), SizeOf(file));
    }

    /// <summary>Width and height from the start of frame.</summary>
    private static (int Width, int Height) SizeOf(byte[] jpeg)
    {
        for (int at = 2; ;)
        {
            int marker = jpeg[at + 1];
            if (marker is 0xC0 or 0xC1 or 0xC2)
                return ((jpeg[at + 7] << 8) | jpeg[at + 8], (jpeg[at + 5] << 8) | jpeg[at + 6]);
            at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
        }
    }
}
