using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;
using WinMmf.Capture.Tests;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using Xunit;

namespace WinMmf.Management.Tests.Imaging;

public sealed class PictureFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-picture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(PixelFormat.Bgr24, 63, 47)]
    [InlineData(PixelFormat.Bgra32, 64, 48)]
    [InlineData(PixelFormat.Gray8, 33, 31)]
    [InlineData(PixelFormat.Yuy2, 64, 47)]
    [InlineData(PixelFormat.Nv12, 640, 480)]
    [InlineData(PixelFormat.I420, 66, 48)]
    public void A_saved_picture_holds_every_pixel(PixelFormat format, int width, int height)
    {
        FrameFormat drawn = FrameFormat.Packed(width, height, format);
        using NativeBytes payload = new(drawn.PayloadLength);
        new Random(9).NextBytes(payload.Span);
        string path = FrameFile.Save(Path.Combine(_folder, "picture"), drawn, payload.Address);
        Assert.EndsWith("picture.png", path, StringComparison.Ordinal);
        byte[] rgb = Decode(File.ReadAllBytes(path), out int readWidth, out int readHeight);
        Assert.Equal((width, height), (readWidth, readHeight));
        byte[] row = new byte[width * 3];
        for (int y = 0; y < height; y++)
        {
            PixelConverter.RowToRgb(drawn, payload.Address, y, row);
            Assert.True(row.AsSpan().SequenceEqual(rgb.AsSpan(y * row.Length, row.Length)), $"row {y}");
        }
    }

    [Theory]
    [InlineData(235, 128, 128, 255, 255, 255)]
    [InlineData(16, 128, 128, 0, 0, 0)]
    [InlineData(81, 90, 240, 255, 0, 0)]
    [InlineData(145, 54, 34, 0, 255, 0)]
    [InlineData(41, 240, 110, 0, 0, 255)]
    [InlineData(255, 128, 128, 255, 255, 255)]
    [InlineData(126, 128, 128, 128, 128, 128)]
    [InlineData(100, 110, 150, 133, 87, 61)]
    [InlineData(180, 140, 100, 146, 209, 215)]
    [InlineData(60, 150, 120, 38, 49, 96)]
    [InlineData(200, 100, 120, 201, 232, 158)]
    [InlineData(126, 180, 90, 67, 139, 233)]
    [InlineData(126, 76, 160, 179, 122, 23)]
    public void Yuv_is_BT601_of_limited_range(byte y, byte u, byte v, byte r, byte g, byte b)
    {
        foreach ((PixelFormat format, byte[] payload) in new[]
        {
            (PixelFormat.Yuy2, new byte[] { y, u, y, v, y, u, y, v }),
            (PixelFormat.Nv12, [y, y, y, y, u, v]),
            (PixelFormat.I420, [y, y, y, y, u, v]),
        })
        {
            using NativeBytes native = new(payload.Length);
            payload.CopyTo(native.Span);
            byte[] rgb = new byte[6];
            PixelConverter.RowToRgb(FrameFormat.Packed(2, 2, format), native.Address, 1, rgb);
            Assert.InRange(rgb[3], r - 1, r + 1);
            Assert.InRange(rgb[4], g - 1, g + 1);
            Assert.InRange(rgb[5], b - 1, b + 1);
        }
    }

    [Fact]
    public void A_stride_wider_than_the_row_is_respected()
    {
        FrameFormat format = FrameFormat.WithStride(2, 2, 12, PixelFormat.Bgr24);
        using NativeBytes payload = new(format.PayloadLength);
        payload.Span[12] = 7;
        byte[] rgb = new byte[6];
        PixelConverter.RowToRgb(format, payload.Address, 1, rgb);
        Assert.Equal([0, 0, 7, 0, 0, 0], rgb);
    }

    [Fact]
    public void A_compressed_frame_is_saved_as_it_is()
    {
        byte[] jpeg = [0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9];
        using NativeBytes payload = new(jpeg.Length);
        jpeg.CopyTo(payload.Span);
        string path = FrameFile.Save(Path.Combine(_folder, "camera"), FrameFormat.Jpeg(640, 480, jpeg.Length), payload.Address);
        Assert.EndsWith(".jpg", path, StringComparison.Ordinal);
        Assert.Equal(jpeg, File.ReadAllBytes(path));
    }

    [Fact]
    public void An_extension_that_lies_is_refused()
    {
        using NativeBytes payload = new(192);
        FrameFormat format = FrameFormat.Packed(8, 8, PixelFormat.Bgr24);
        Assert.Equal(WinMmfErrorId.InvalidArgument,
            Assert.Throws<WinMmfException>(() => FrameFile.Save(Path.Combine(_folder, "a.gif"), format, payload.Address)).ErrorId);
        Assert.Equal(WinMmfErrorId.InvalidArgument,
            Assert.Throws<WinMmfException>(() => FrameFile.Save(
            Path.Combine(_folder, "a.png"), format, payload.Address, new FrameFileOptions { Type = FrameFileType.Bmp })).ErrorId);
        Assert.Equal(
            WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(() => FrameFile.Save("", format, payload.Address)).ErrorId);
        Assert.Equal(WinMmfErrorId.InvalidFormat,
            Assert.Throws<WinMmfException>(
            () => FrameFile.Save(Path.Combine(_folder, "a.png"), FrameFormat.Jpeg(8, 8, 9), payload.Address)).ErrorId);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_older_picture_is_replaced()
    {
        using NativeBytes payload = new(192);
        string path = Path.Combine(_folder, "a.png");
        File.WriteAllText(path, "old");
        FrameFile.Save(path, FrameFormat.Packed(8, 8, PixelFormat.Bgr24), payload.Address);
        Assert.NotEqual("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_a_clear_error_and_leaves_nothing_behind()
    {
        using NativeBytes payload = new(192);
        FrameFormat format = FrameFormat.Packed(8, 8, PixelFormat.Bgr24);
        Directory.CreateDirectory(Path.Combine(_folder, "taken.png"));
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => FrameFile.Save(Path.Combine(_folder, "taken.png"), format, payload.Address));
        Assert.Equal(WinMmfErrorId.SaveFailed, e.ErrorId);
        Assert.Contains("taken.png", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));

        File.WriteAllText(Path.Combine(_folder, "file"), "");
        Assert.Equal(WinMmfErrorId.SaveFailed,
            Assert.Throws<WinMmfException>(() => FrameFile.Save(Path.Combine(_folder, "file", "a.png"), format, payload.Address)).ErrorId);
    }

    [Fact]
    public void A_full_disk_while_encoding_is_an_IOException()
    {
        FrameFormat drawn = FrameFormat.Packed(320, 240, PixelFormat.Bgr24);
        using NativeBytes payload = new(drawn.PayloadLength);
        new Random(1).NextBytes(payload.Span);
        using FullDisk disk = new(room: 100);
        Assert.Throws<IOException>(() => PngEncoder.Write(disk, drawn, payload.Address));
    }

    [Theory]
    [InlineData(PixelFormat.Bgr24, 61, 5)]
    [InlineData(PixelFormat.Bgr24, 62, 5)]
    [InlineData(PixelFormat.Bgr24, 63, 5)]
    [InlineData(PixelFormat.Bgr24, 64, 5)]
    [InlineData(PixelFormat.Gray8, 33, 7)]
    [InlineData(PixelFormat.Nv12, 66, 48)]
    public void A_bmp_holds_every_pixel(PixelFormat format, int width, int height)
    {
        FrameFormat drawn = FrameFormat.Packed(width, height, format);
        using NativeBytes payload = new(drawn.PayloadLength);
        new Random(3).NextBytes(payload.Span);
        byte[] file = File.ReadAllBytes(FrameFile.Save(Path.Combine(_folder, "a.bmp"), drawn, payload.Address));
        int stride = ((width * 3) + 3) / 4 * 4;
        Assert.Equal(54 + (stride * height), file.Length);
        Assert.Equal((file.Length, 54, width, height),
            (BitConverter.ToInt32(file, 2), BitConverter.ToInt32(file, 10), BitConverter.ToInt32(file, 18),
            BitConverter.ToInt32(file, 22)));
        byte[] row = new byte[width * 3];
        for (int y = 0; y < height; y++)
        {
            PixelConverter.RowToRgb(drawn, payload.Address, y, row);
            int at = 54 + ((height - 1 - y) * stride);
            for (int x = 0; x < width * 3; x += 3)
                Assert.Equal((row[x], row[x + 1], row[x + 2]), (file[at + x + 2], file[at + x + 1], file[at + x]));
        }
    }

    [Fact]
    public void Raw_is_the_payload_and_may_have_any_extension()
    {
        using NativeBytes payload = new(192);
        new Random(1).NextBytes(payload.Span);
        FrameFormat format = FrameFormat.Packed(8, 8, PixelFormat.Bgr24);
        Assert.Equal(payload.Span.ToArray(), File.ReadAllBytes(FrameFile.Save(Path.Combine(_folder, "a.raw"), format, payload.Address)));
        Assert.Equal(payload.Span.ToArray(),
            File.ReadAllBytes(
            FrameFile.Save(Path.Combine(_folder, "a.bin"), format, payload.Address, new FrameFileOptions { Type = FrameFileType.Raw })));
    }

    [Fact]
    public void A_file_that_shall_be_kept_is_kept()
    {
        using NativeBytes payload = new(192);
        FrameFormat format = FrameFormat.Packed(8, 8, PixelFormat.Bgr24);
        string path = Path.Combine(_folder, "a.png");
        FrameFileOptions options = new() { NoClobber = true };
        FrameFile.Save(path, format, payload.Address, options);
        byte[] before = File.ReadAllBytes(path);
        payload.Span.Fill(200);
        Assert.Equal(WinMmfErrorId.FileExists,
            Assert.Throws<WinMmfException>(() => FrameFile.Save(path, format, payload.Address, options)).ErrorId);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_read_only_file_is_replaced_by_force_only()
    {
        using NativeBytes payload = new(192);
        FrameFormat format = FrameFormat.Packed(8, 8, PixelFormat.Bgr24);
        string path = Path.Combine(_folder, "a.png");
        File.WriteAllText(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameFile.Save(path, format, payload.Address));
        Assert.Equal((WinMmfErrorId.FileReadOnly, path), (e.ErrorId, e.Facts.Path));
        Assert.Equal("old", File.ReadAllText(path));
        FrameFile.Save(path, format, payload.Address, new FrameFileOptions { Force = true });
        Assert.NotEqual("old", File.ReadAllText(path));
    }

    /// <summary>A reader of just these PNGs, independent of the encoder, checksums included.</summary>
    private static byte[] Decode(byte[] file, out int width, out int height)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        using MemoryStream packed = new();
        width = height = 0;
        int samples = 0;
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            if (type == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 8));
                height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 12));
                samples = file[at + 17] == 2 ? 3 : 1;
            }
            else if (type == "IDAT")
            {
                packed.Write(file, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using ZLibStream zlib = new(packed, CompressionMode.Decompress);
        byte[] above = new byte[width * samples];
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            int filter = zlib.ReadByte();
            byte[] row = new byte[width * samples];
            zlib.ReadExactly(row);
            for (int i = 0; i < row.Length; i++)
                row[i] += filter switch
                {
                    1 => i < samples ? (byte)0 : row[i - samples],
                    2 => above[i],
                    _ => throw new InvalidDataException(),
                };
            for (int i = 0; i < width * 3; i++)
                rgb[(y * width * 3) + i] = samples == 3 ? row[i] : row[i / 3];
            above = row;
        }

        // To its end, where the stream checks the Adler-32 sum.
        Assert.Equal(-1, zlib.ReadByte());
        return rgb;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > room)
                throw new IOException("No space left on device");
            base.Write(buffer, offset, count);
        }
    }
}
