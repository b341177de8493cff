using System;
using System.IO;
using System.Threading;
using WinMmf.Capture.Tests;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using Xunit;

namespace WinMmf.Management.Tests.Imaging;

/// <summary>JPEG files by their structure. What a decoder makes of them, the viewer's tests look at: they have one.</summary>
public sealed class JpegFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-jpeg-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(PixelFormat.Bgr24, 64, 48, 3, 0x11)]
    [InlineData(PixelFormat.Bgra32, 1, 1, 3, 0x11)]
    [InlineData(PixelFormat.Gray8, 33, 31, 1, 0x11)]
    [InlineData(PixelFormat.Yuy2, 66, 47, 3, 0x21)]
    [InlineData(PixelFormat.Nv12, 66, 50, 3, 0x22)]
    [InlineData(PixelFormat.I420, 640, 480, 3, 0x22)]
    public void A_file_says_its_size_and_how_fine_its_colours_are(PixelFormat pixels, int width, int height, int components, int sampling)
    {
        FrameFormat format = FrameFormat.Packed(width, height, pixels);
        using NativeBytes payload = new(format.PayloadLength);
        new Random(3).NextBytes(payload.Span);
        byte[] file = File.ReadAllBytes(FrameFile.Save(Path.Combine(_folder, "a.jpeg"), format, payload.Address));
        Assert.Equal([0xFF, 0xD8, 0xFF, 0xE0], file[..4]);
        Assert.Equal([0xFF, 0xD9], file[^2..]);
        int frame = Find(file, 0xC0);
        Assert.Equal((height, width), ((file[frame + 5] << 8) | file[frame + 6], (file[frame + 7] << 8) | file[frame + 8]));
        Assert.Equal((components, sampling), (file[frame + 9], file[frame + 11]));

        // Behind the scan's head comes nothing that looks like a marker, but the end.
        int scan = Find(file, 0xDA);
        for (int at = scan + 2 + ((file[scan + 2] << 8) | file[scan + 3]); at < file.Length - 2; at++)
            Assert.False(file[at] == 0xFF && file[at + 1] != 0, $"a marker at {at}");
    }

    [Fact]
    public void A_compressed_frame_stays_as_it_is()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xC4, 0, 2, 0xFF, 0xD9];
        using NativeBytes payload = new(picture.Length);
        picture.CopyTo(payload.Span);
        string path = FrameFile.Save(Path.Combine(_folder, "a"), FrameFormat.Jpeg(8, 8, picture.Length), payload.Address);
        Assert.EndsWith("a.jpg", path, StringComparison.Ordinal);
        Assert.Equal(picture, File.ReadAllBytes(path));
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => JpegEncoder.Write(Stream.Null, FrameFormat.Jpeg(8, 8, picture.Length), payload.Address));
        Assert.Equal(WinMmfErrorId.InvalidFormat, e.ErrorId);
    }

    [Fact]
    public void Cancelling_leaves_no_file()
    {
        FrameFormat format = FrameFormat.Packed(64, 48, PixelFormat.Bgr24);
        using NativeBytes payload = new(format.PayloadLength);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => FrameFile.Save(Path.Combine(_folder, "a.jpg"), format, payload.Address, null, cancelled.Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static int Find(byte[] file, byte marker)
    {
        for (int at = 2; ; at += 2 + ((file[at + 2] << 8) | file[at + 3]))
        {
            if (file[at + 1] == marker)
                return at;
        }
    }
}
