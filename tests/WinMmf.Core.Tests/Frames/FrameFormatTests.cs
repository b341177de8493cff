using WinMmf.Errors;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class FrameFormatTests
{
    [Theory]
    [InlineData(1920, 1080, PixelFormat.Bgr24, 5760, 6_220_800)]
    [InlineData(1920, 1080, PixelFormat.Bgra32, 7680, 8_294_400)]
    [InlineData(641, 3, PixelFormat.Gray8, 641, 1923)]
    [InlineData(640, 3, PixelFormat.Yuy2, 1280, 3840)]
    [InlineData(640, 480, PixelFormat.Nv12, 640, 460_800)]
    [InlineData(640, 480, PixelFormat.I420, 640, 460_800)]
    public void Packed_formats_have_the_length_of_the_protocol(int width, int height, PixelFormat format, int stride, int length)
    {
        FrameFormat packed = FrameFormat.Packed(width, height, format);
        Assert.Equal(stride, packed.Stride);
        Assert.Equal(length, packed.PayloadLength);
    }

    [Theory]
    [InlineData(0, 10, PixelFormat.Gray8)]
    [InlineData(10, -1, PixelFormat.Gray8)]
    [InlineData(65_536, 1, PixelFormat.Gray8)]
    [InlineData(65_535, 65_535, PixelFormat.Gray8)]
    [InlineData(int.MaxValue, int.MaxValue, PixelFormat.Bgra32)]
    [InlineData(641, 480, PixelFormat.Yuy2)]
    [InlineData(641, 480, PixelFormat.Nv12)]
    [InlineData(640, 481, PixelFormat.I420)]
    [InlineData(640, 480, PixelFormat.Mjpg)]
    [InlineData(640, 480, PixelFormat.None)]
    [InlineData(640, 480, (PixelFormat)0x12345678)]
    public void Impossible_formats_are_refused(int width, int height, PixelFormat format) =>
        Assert.Equal(WinMmfErrorId.InvalidFormat, Assert.Throws<WinMmfException>(() => FrameFormat.Packed(width, height, format)).ErrorId);

    [Theory]
    [InlineData(100, 99, PixelFormat.Gray8)]
    [InlineData(100, 300 - 1, PixelFormat.Bgr24)]
    [InlineData(100, 101, PixelFormat.I420)]
    public void A_bad_stride_is_refused(int width, int stride, PixelFormat format) =>
        Assert.Throws<WinMmfException>(() => FrameFormat.WithStride(width, 2, stride, format));

    [Fact]
    public void The_values_are_the_four_characters_of_the_protocol()
    {
        Assert.Equal(0x33524742u, (uint)PixelFormat.Bgr24);
        Assert.Equal(0x34524742u, (uint)PixelFormat.Bgra32);
        Assert.Equal(0x59455247u, (uint)PixelFormat.Gray8);
        Assert.Equal(0x32595559u, (uint)PixelFormat.Yuy2);
        Assert.Equal(0x3231564Eu, (uint)PixelFormat.Nv12);
        Assert.Equal(0x30323449u, (uint)PixelFormat.I420);
        Assert.Equal(0x47504A4Du, (uint)PixelFormat.Mjpg);
    }
}
