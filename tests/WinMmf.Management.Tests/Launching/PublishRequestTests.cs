using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Names;
using WinMmf.Residency;
using Xunit;

namespace WinMmf.Management.Tests.Launching;

public sealed class PublishRequestTests
{
    private static readonly SharedName Name = new("camera", NameScope.Global);

    private static PublishRequest Everything => new(Name, "rtsp://user:password@host/path")
    {
        Width = 640,
        Height = 480,
        FrameRate = 29.97,
        PixelFormat = PixelFormat.Yuy2,
        Slots = 6,
        ReadAccess = ["Users", "group:video"],
        Resident = MemoryResidency.Locked,
        Duration = TimeSpan.FromSeconds(1.5),
        Frames = 1L << 40,
        Loop = true,
        InputFormat = "v4l2",
        InputOptions = [new("input_format", "mjpeg"), new("empty", ""), new("headers", "a=b\r\nc: d")],
        Pace = false,
        StallTimeout = TimeSpan.FromSeconds(2.5),
        MirrorName = "mirror",
        MirrorAccess = ["Everyone"],
        MirrorWait = TimeSpan.FromMilliseconds(250),
        Backend = CaptureBackend.Ffmpeg,
        Ffmpeg = "/usr/bin/ffmpeg",
        SourceLabel = "a label",
        LogPath = "/a log",
    };

    [Fact]
    public void Leaves_to_the_publisher_what_was_not_asked_for() =>
        Assert.Equal(["publish", "--name", "camera", "--scope", "global"], new PublishRequest(Name).ToArguments());

    [Fact]
    public void Passes_on_all_that_was_asked_for_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // A comma as the decimal point must not reach the publisher.
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(
                [
                    "publish", "--name", "camera", "--scope", "global", "--input", "rtsp://user:password@host/path", "--backend", "Ffmpeg",
                    "--input-format",
                        "v4l2", "--input-option", "input_format=mjpeg", "--input-option", "empty=",
                    "--input-option", "headers=a=b\r\nc: d", "--width", "640", "--height", "480", "--frame-rate", "29.97", "--pixel-format",
                        "Yuy2", "--slots", "6", "--read-access", "Users", "--read-access", "group:video",
                    "--resident", "Locked", "--duration", "1.5", "--frames", "1099511627776", "--loop", "--no-pace", "--stall-timeout",
                        "2.5", "--mirror-name", "mirror", "--mirror-access", "Everyone", "--mirror-wait", "0.25",
                    "--ffmpeg", "/usr/bin/ffmpeg", "--source-label", "a label", "--log-path", "/a log",
                ],
                Everything.ToArguments());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_option_comes_back_from_the_message_as_it_was()
    {
        PublishRequest request = Everything;

        // An option that this test forgets would come back by accident.
        Assert.All(PublishOptions.All.Where(static option => option.Name is not ("sddl" or "camera")),
            option => Assert.NotEmpty(option.Read(request)));
        using MemoryStream message = new(Encoding.UTF8.GetBytes(request.ToMessage().ToString()));
        PublishRequest arrived = new(Name);
        arrived.Read(ControlMessage.Read(message)!);
        Assert.Equal(request.ToArguments(), arrived.ToArguments());
    }

    [Fact]
    public void A_camera_comes_back_from_the_message_as_it_was_with_what_goes_with_it()
    {
        PublishRequest request = new(Name)
        {
            Camera = "K\u00fcche [2] *",
            Backend = CaptureBackend.OpenCv,
            StallTimeout = TimeSpan.FromSeconds(3),
            Width = 640,
        };
        request.Check();
        using MemoryStream message = new(Encoding.UTF8.GetBytes(request.ToMessage().ToString()));
        PublishRequest arrived = new(Name);
        arrived.Read(ControlMessage.Read(message)!);
        Assert.Equal("K\u00fcche [2] *", arrived.Camera);
        Assert.Equal(request.ToArguments(), arrived.ToArguments());
    }

    [Fact]
    public void A_message_of_another_release_is_refused()
    {
        PublishRequest request = new(Name);
        Refused(() => request.Read(new ControlMessage("publish") { ["zoom"] = "2" }), "release");
        Refused(() => request.Read(new ControlMessage("hold")), "release");
        Refused(() => request.Read(new ControlMessage("publish") { ["slots"] = "many" }), "whole number");
        Refused(() => request.Read(new ControlMessage("publish") { ["loop"] = "perhaps" }), "on or off");
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_is_impossible_is_refused_in_words_of_no_shell(string what, object change, string says)
    {
        PublishRequest request = new(Name, "video.mp4");
        request.Check();
        ((Action<PublishRequest>)change)(request);
        WinMmfException e = Assert.Throws<WinMmfException>(request.Check);
        Assert.True(e.Message.Contains(says), $"{what}: {e.Message}");
        Assert.DoesNotMatch(" --?[A-Za-z]", e.Message);
    }

    public static TheoryData<string, object, string> Impossible() => new()
    {
        { "slots", Change(static r => r.Slots = 2), "3 to 24" },
        { "slots", Change(static r => r.Slots = 25), "3 to 24" },
        { "width", Change(static r => r.Width = 0), "1 to 65535" },
        { "height", Change(static r => r.Height = 65_536), "1 to 65535" },
        { "rate", Change(static r => r.FrameRate = 0), "0.001 to 1000" },
        { "rate", Change(static r => r.FrameRate = double.NaN), "0.001 to 1000" },
        { "format", Change(static r => r.PixelFormat = (PixelFormat)77), "Choose one of" },
        { "residency", Change(static r => r.Resident = (MemoryResidency)77), "Choose one of" },
        { "frames", Change(static r => r.Frames = 0), "1 to" },
        { "duration", Change(static r => r.Duration = TimeSpan.FromSeconds(-1)), "0 to" },
        { "stall", Change(static r => r.StallTimeout = TimeSpan.Zero), "0.1 to 86400" },
        { "stall", Change(static r => r.StallTimeout = TimeSpan.MaxValue), "0.1 to 86400" },
        { "mirror wait", Change(static r => (r.MirrorName, r.MirrorWait) = ("m", TimeSpan.FromSeconds(11))), "0 to 10" },
        { "mirror without name", Change(static r => r.MirrorWait = TimeSpan.FromSeconds(1)), "go with a mirror" },
        { "mirror without name", Change(static r => r.MirrorAccess = ["Users"]), "go with a mirror" },
        { "mirror of itself", Change(static r => r.MirrorName = "camera"), "one name" },
        { "mirror's name", Change(static r => r.MirrorName = "a/b"), "a/b" },
        { "compressed mirror", Change(static r => (r.MirrorName, r.PixelFormat) = ("m", PixelFormat.Mjpg)), "compressed" },
        { "nothing to loop", Change(static r => (r.Input, r.Loop) = (null, true)), "go with an input" },
        { "nothing to open", Change(static r => (r.Input, r.Backend) = (null, CaptureBackend.OpenCv)), "go with an input" },
        { "option of ffmpeg", Change(static r => (r.Backend, r.InputOptions) = (CaptureBackend.OpenCv, [new("a", "b")])),
        "are for ffmpeg" },
        { "path of ffmpeg", Change(static r => (r.Backend, r.Ffmpeg) = (CaptureBackend.OpenCv, "/usr/bin/ffmpeg")), "are for ffmpeg" },
        { "undecoded", Change(static r => (r.Backend, r.PixelFormat) = (CaptureBackend.OpenCv, PixelFormat.Mjpg)), "not Mjpg" },
        { "unknown backend", Change(static r => r.Backend = (CaptureBackend)9), "backend" },
        { "nothing to name a format of", Change(static r => (r.Input, r.InputFormat) = (null, "v4l2")), "go with an input" },
        { "empty", Change(static r => r.Input = " "), "is empty" },
        { "two sources", Change(static r => r.Camera = "Door"), "do not go with a camera" },
        { "camera by format", Change(static r => (r.Input, r.Camera, r.InputFormat) = (null, "Door", "v4l2")), "do not go with a camera" },
        { "camera that is looped", Change(static r => (r.Input, r.Camera, r.Loop) = (null, "Door", true)), "do not go with a camera" },
        { "camera that is paced", Change(static r => (r.Input, r.Camera, r.Pace) = (null, "Door", false)), "do not go with a camera" },
        { "empty camera", Change(static r => (r.Input, r.Camera) = (null, " ")), "camera is empty" },
        { "no name", Change(static r => r.Name = default), "no name" },
    };

    /// <summary>xunit shows tests to all, and a request is not for all to see.</summary>
    private static object Change(Action<PublishRequest> change) => change;

    [Fact]
    public void Accounts_and_a_descriptor_exclude_each_other() =>
        Refused(new PublishRequest(Name) { ReadAccess = ["Users"], Sddl = "D:" }.Check, "descriptor");

    [Fact]
    public void Paths_become_full_and_what_is_no_path_stays()
    {
        PublishRequest request = new(Name, "video.mp4") { LogPath = "a.log", Ffmpeg = "ffmpeg" };
        request.ResolvePaths();
        Assert.Equal(
            (Path.GetFullPath("video.mp4"), Path.GetFullPath("a.log"), "ffmpeg"), (request.Input, request.LogPath, request.Ffmpeg));
        request = new(Name, "rtsp://host/x");
        request.ResolvePaths();
        Assert.Equal("rtsp://host/x", request.Input);
        request = new(Name, "video=Camera") { InputFormat = "dshow" };
        request.ResolvePaths();
        Assert.Equal("video=Camera", request.Input);
    }

    [Fact]
    public void Its_secrets_are_hidden_in_whatever_form_they_turn_up()
    {
        PublishRequest request = new(Name, "rtsp://admin:pa%2Fss%20word@host/path?sid=s3ss10n&n=1")
        {
            InputOptions = [new("headers", "X-Thing: h3ader\r\nB: c"), new("passphrase", "ph4se"), new("rtsp_transport", "tcp")],
        };
        foreach (string secret in new[] { "pa%2Fss%20word", "pa/ss word", "s3ss10n", "h3ader", "ph4se" })
            Assert.Equal("Cannot open *** by tcp.", request.Hide($"Cannot open {secret} by tcp."));
    }

    private static void Refused(Action action, string says)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(action);
        Assert.Equal(WinMmfErrorId.InvalidArgument, e.ErrorId);
        Assert.Contains(says, e.Message);
    }
}
