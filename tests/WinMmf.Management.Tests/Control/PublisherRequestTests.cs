using System.Collections.Generic;
using System.Globalization;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.Residency;
using Xunit;

namespace WinMmf.Management.Tests.Control;

public sealed class PublisherRequestTests
{
    [Fact]
    public void Leaves_to_the_publisher_what_was_not_asked_for() => Assert.Equal(
        ["publish", "--name", "camera", "--scope", "local", "--synthetic", "--detached"],
        new PublisherRequest(new SharedName("camera", NameScope.Local), null).ToArguments());

    [Fact]
    public void Passes_on_all_that_was_asked_for()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // A comma as the decimal point must not reach the publisher.
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            PublisherRequest request = new(new SharedName("camera", NameScope.Global), "a file.mp4")
            {
                Width = 640,
                Height = 480,
                FrameRate = 29.97,
                PixelFormat = PixelFormat.Yuy2,
                Slots = 6,
                ReadAccess = ["Users", "group:video"],
                Residency = MemoryResidency.Locked,
                Loop = true,
                InputFormat = "v4l2",
                InputOptions = new Dictionary<string, string> { ["input_format"] = "mjpeg" },
                Pace = false,
                StallTimeout = 2.5,
                LogPath = "a log",
            };
            Assert.Equal(
                [
                    "publish", "--name", "camera", "--scope", "global", "--input", "a file.mp4", "--input-format", "v4l2", "--input-option",
                        "input_format=mjpeg", "--width", "640", "--height", "480", "--fps", "29.97",
                    "--pixel-format", "Yuy2", "--slots", "6", "--read-access", "Users", "--read-access", "group:video", "--resident",
                        "Locked", "--loop", "--no-pace", "--stall-timeout", "2.5", "--detached",
                    "--log", "a log",
                ],
                request.ToArguments());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
