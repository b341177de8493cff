using WinMmf.Management.Cameras;
using Xunit;

namespace WinMmf.Management.Tests.Cameras;

public sealed class CameraModesTests
{
    private static readonly CameraFormat[] Webcam =
    [
        new("YUYV", 640, 480, [30, 15]), new("YUYV", 1280, 720, [10, 5]), new("MJPG", 640, 480, [30]), new("MJPG", 1280, 720, [30, 15]),
        new("MJPG", 1920, 1080, [15]), new("YUYV", 800, 600, [20]), new("MJPG", 800, 600, [20]), new("NV12", 320, 240, []),
    ];

    [Theory]
    [InlineData(640, 480, null, false)]
    [InlineData(640, 480, 30.0, false)]
    [InlineData(1280, 720, null, true)]
    [InlineData(1280, 720, 30.0, true)]
    [InlineData(1280, 720, 10.0, false)]
    [InlineData(1920, 1080, null, true)]
    [InlineData(1920, 1080, 60.0, true)]
    [InlineData(800, 600, 30.0, false)]
    [InlineData(320, 240, null, false)]
    [InlineData(1000, 700, 30.0, false)]
    public void JPEG_is_asked_for_where_raw_pictures_are_too_slow(int width, int height, double? rate, bool expected)
    {
        Assert.Equal(expected, CameraModes.NeedsJpeg(Webcam, width, height, rate));
        Assert.False(CameraModes.NeedsJpeg([], width, height, rate));
    }

    [Fact]
    public void A_rate_that_is_rounded_is_the_rate() =>
        Assert.False(CameraModes.NeedsJpeg([new("YUYV", 64, 48, [29.97]), new("MJPG", 64, 48, [60])], 64, 48, 30));
}
