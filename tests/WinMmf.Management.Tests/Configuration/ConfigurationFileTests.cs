using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Cameras;
using WinMmf.Management.Configuration;
using WinMmf.Management.Launching;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Management.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "winmmf-no-such-folder"));

    [Fact]
    public void It_says_what_each_publisher_publishes()
    {
        PublisherConfiguration configuration = Parse("""
            {
              // Three sources.
              "$schema": "WinMmf.Configuration.schema.json",
              "publishers": [
                {
                  "name": "Door", "scope": "global", "camera": "HD Webcam*", "backend": "ffmpeg", "width": 1280, "height": 720,
                  "frameRate": 29.97, "pixelFormat": "nv12", "slots": 5, "readAccess": ["Users", "Eve"], "resident": "Locked",
                  "stallTimeoutSec": 2.5, "mirrorName": "DoorMirror", "mirrorAccess": "Users", "mirrorWaitSec": 0.01,
                  "logPath": "logs/door.log", "sourceLabel": "the door",
                },
                {
                  "name": "Clip", "path": "clips/a.mp4", "loop": true, "pace": false,
                  "inputOption": { "ss": 3, "hwaccel": "auto" }
                },
                { "name": "Test", "synthetic": true }, // the last one
              ],
            }
            """);
        Assert.Empty(configuration.Faults);
        PublishRequest door = configuration.Entries[0].Request;
        Assert.Equal(new SharedName("Door", NameScope.Global), door.Name);
        Assert.Equal(("HD Webcam*", CaptureBackend.Ffmpeg, 1280, 720), (door.Camera, door.Backend, door.Width, door.Height));
        Assert.Equal((29.97, PixelFormat.Nv12, 5), (door.FrameRate, door.PixelFormat, door.Slots));
        Assert.Equal(["Users", "Eve"], door.ReadAccess);
        Assert.Equal(["Users"], door.MirrorAccess);
        Assert.Equal((TimeSpan.FromSeconds(2.5), TimeSpan.FromMilliseconds(10)), (door.StallTimeout, door.MirrorWait));

        // Paths are relative to the file's folder.
        Assert.Equal(Path.Combine(Root, "logs", "door.log"), door.LogPath);
        PublishRequest clip = configuration.Entries[1].Request;
        Assert.Equal((Path.Combine(Root, "clips", "a.mp4"), true, false), (clip.Input, clip.Loop, clip.Pace));
        Assert.Equal(["ss=3", "hwaccel=auto"], clip.InputOptions.Select(static option => $"{option.Key}={option.Value}"));
        PublishRequest test = configuration.Entries[2].Request;
        Assert.Equal(new SharedName("Test", NameScope.Local), test.Name);
        Assert.Null(test.Input);
    }

    [Theory]
    [InlineData("{ }", 1, 1, "no \"publishers\"")]
    [InlineData("[ ]", 1, 1, "has to be an object")]
    [InlineData("{ \"publishers\": [], \"publisher\": [] }", 1, 21, "Write \"publishers\"")]
    [InlineData("{ \"publishers\": { } }", 1, 17, "has to be an array")]
    [InlineData("{ \"publishers\": [ 3 ] }", 1, 19, "the number 3")]
    [InlineData("{ \"publishers\": [ { \"synthetic\": true } ] }", 1, 19, "no \"name\"")]
    public void A_file_of_another_form_is_refused(string text, int line, int column, string says) => Refused(text, line, column, says);

    [Theory]
    [InlineData("§{ \"name\": \"a\" }", "no source")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, §\"camera\": \"x\" }", "one source")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": §false }", "is true")]
    [InlineData("{ \"name\": §7, \"synthetic\": true }", "the number 7")]
    [InlineData("{ \"name\": §\"a/b\", \"synthetic\": true }", "'/'")]
    [InlineData("{ \"name\": \"a\", \"scope\": §\"everywhere\", \"synthetic\": true }", "\"Local\" or \"Global\"")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, §\"Width\": 3 }", "Write \"width\"")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, §\"framerate\": 3 }", "Write \"frameRate\"")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, §\"brightness\": 3 }", "There are: name, scope")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"width\": §\"3\" }", "a number without quotes, not text")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"width\": §1.5 }", "whole number")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"width\": §0 }", "Give 1 to")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"width\": §99999999999999999999 }", "99999999999999999999")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"slots\": §65 }", "Give ")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"frameRate\": §1e9 }", "Give 0.001 to 1000")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"pixelFormat\": §\"rgb\" }", "Bgr24, ")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"pixelFormat\": §\"None\" }", "\"None\" is not known")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"pixelFormat\": §null }", "text between quotes, not null")]
    [InlineData("{ \"name\": \"a\", \"synthetic\": true, \"readAccess\": [\"Users\", §3] }", "not the number 3")]
    [InlineData("{ \"name\": \"a\", \"path\": \"x.mp4\", \"loop\": §\"yes\" }", "true or false")]
    [InlineData("{ \"name\": \"a\", \"path\": \"x.mp4\", \"inputOption\": §[\"a=b\"] }", "an object")]
    [InlineData("{ \"name\": \"a\", \"path\": \"x.mp4\", \"inputOption\": { \"a\": §true } }", "text or a number")]
    [InlineData("§{ \"name\": \"a\", \"synthetic\": true, \"loop\": true }", "none is given")]
    [InlineData("§{ \"name\": \"a\", \"synthetic\": true, \"mirrorAccess\": \"Users\" }", "none is named")]
    public void An_entry_that_is_wrong_is_refused_at_the_mark(string entry, string says)
    {
        string text = "{ \"publishers\": [ " + entry + " ] }";
        Refused(text.Replace("§", ""), 1, text.IndexOf('§') + 1, says);
    }

    [Theory]
    [InlineData("\"name\": \"a\", \"synthetic\": true", "The name is that of the entry of line 2 (a)")]
    [InlineData("\"name\": \"b\", \"camera\": \"hd cam\"", "The camera is that of the entry of line 2 (a)")]
    [InlineData("\"name\": \"b\", \"synthetic\": true, \"mirrorName\": \"a\"", "The mirror's name is that of")]
    [InlineData("\"name\": \"b\", \"synthetic\": true, \"logPath\": \"./a.log\"", "The log is that of")]
    public void Two_entries_share_nothing(string second, string says)
    {
        PublisherConfiguration configuration = Parse(
            "{ \"publishers\": [\n{ \"name\": \"a\", \"camera\": \"HD Cam\", \"logPath\": \"a.log\" },\n{ " + second + " } ] }");
        ConfigurationFault fault = Assert.Single(configuration.Faults);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal(("b", 3), (fault.Publisher == "a" ? "b" : fault.Publisher, fault.Place.Line));
        Assert.False(configuration.IsValid);
    }

    [Fact]
    public void One_name_in_two_scopes_is_two_channels() => Assert.Empty(Parse(
        "{ \"publishers\": [ { \"name\": \"a\", \"synthetic\": true }, { \"name\": \"a\", \"scope\": \"Global\", \"synthetic\": true } ] }")
            .Faults);

    [Fact]
    public void Two_entries_that_mean_one_camera_in_two_ways_are_an_error_and_one_that_is_not_there_is_a_warning()
    {
        FoundCamera[] cameras = [new("HD Cam", "/dev/video0", "v4l2", 0), new("Other", "/dev/video2", "v4l2", 2)];
        PublisherConfiguration configuration = Parse("""
            { "publishers": [
              { "name": "a", "camera": "HD*" },
              { "name": "b", "path": "/dev/video0", "inputFormat": "v4l2" },
              { "name": "c", "camera": "Roof" },
              { "name": "d", "camera": "*" },
            ] }
            """);
        Assert.Empty(configuration.Faults);
        IReadOnlyList<ConfigurationFault> faults = ConfigurationConflicts.Find(configuration.Entries, cameras);
        Assert.Equal(["b", "c", "d"], faults.Select(static fault => fault.Publisher));
        Assert.Equal([false, true, true], faults.Select(static fault => fault.IsWarning));
        Assert.Equal([(3, 26), (4, 28), (5, 28)], faults.Select(static fault => (fault.Place.Line, fault.Place.Column)));
        Assert.Contains("The camera HD Cam is that of the entry of line 2 (a)", faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_said_at_once_with_the_file_and_in_its_order()
    {
        PublisherConfiguration configuration = Parse(
            "{ \"publishers\": [\n{ \"name\": \"a\", \"synthetic\": true, \"width\": 0, \"x\": 1 },\n{ \"name\": \"b\" } ] }");
        WinMmfException error = Assert.Throws<WinMmfException>(configuration.ThrowIfInvalid);
        Assert.Equal(WinMmfErrorId.InvalidConfiguration, error.ErrorId);
        string[] lines = error.Message.Split([Environment.NewLine], StringSplitOptions.None);
        string file = Path.Combine(Root, "cameras.json");
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"{file}(2,44): ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}(2,47): ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{file}(3,1): ", lines[2], StringComparison.Ordinal);
        Assert.Equal(file, error.Facts.Path);
    }

    [Fact]
    public void Passwords_are_in_no_message()
    {
        PublisherConfiguration configuration = Parse(
            "{ \"publishers\": [ { \"name\": \"a\", \"path\": \"rtsp://me:secret@door/x?token=secret\", \"backend\": \"OpenCv\", "
            + "\"pixelFormat\": \"Nv12\", \"inputOption\": { \"key\": \"secret\" } } ] }");
        Assert.DoesNotContain("secret", Assert.Single(configuration.Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void Byte_order_marks_say_the_encoding(string encoding)
    {
        Encoding coding = Encoding.GetEncoding(encoding);
        const string Text = "{ \"publishers\": [ { \"name\": \"Tür\", \"synthetic\": true } ] }";
        PublisherConfiguration configuration = ConfigurationFile.Parse([.. coding.GetPreamble(), .. coding.GetBytes(Text)], Root);
        Assert.Equal("Tür", Assert.Single(configuration.Entries).Request.Name.Name);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_line() => Assert.Equal(
        (2, true),
        ConfigurationFile.Parse([(byte)'{', (byte)'\n', 0xE4, (byte)'\n', (byte)'}'], Root).Faults
            .Select(static fault => (fault.Place.Line, fault.Message.Contains("UTF-8", StringComparison.Ordinal))).Single());

    [Fact]
    public void A_file_that_cannot_be_read_says_why()
    {
        Assert.Equal(
            WinMmfErrorId.FileNotFound,
            Assert.Throws<WinMmfException>(() => ConfigurationFile.Read(Path.Combine(Root, "none.json"))).ErrorId);
        WinMmfException folder = Assert.Throws<WinMmfException>(() => ConfigurationFile.Read(Path.GetTempPath()));
        Assert.Contains("is a folder", folder.Message, StringComparison.Ordinal);
    }

    /// <summary>Each option that is written is read back: none is forgotten, and none has two names.</summary>
    [Fact]
    public void What_is_written_is_read_back()
    {
        PublishRequest request = new(new SharedName("a", NameScope.Global), "rtsp://door/x")
        {
            Backend = CaptureBackend.Ffmpeg,
            InputFormat = "rtsp",
            InputOptions = [new("rtsp_transport", "tcp"), new("x", "a=b \"c\"")],
            Width = 10,
            Height = 20,
            FrameRate = 0.1,
            PixelFormat = PixelFormat.Gray8,
            Slots = 4,
            ReadAccess = ["Users", "A\\B"],
            Resident = WinMmf.Residency.MemoryResidency.Locked,
            Duration = TimeSpan.FromSeconds(1.5),
            Frames = 7,
            Loop = true,
            Pace = false,
            StallTimeout = TimeSpan.FromSeconds(3),
            MirrorName = "m",
            MirrorAccess = ["Users"],
            MirrorWait = TimeSpan.FromSeconds(0.25),
            Ffmpeg = Path.Combine(Root, "ffmpeg"),
            SourceLabel = "s",
            LogPath = Path.Combine(Root, "l"),
        };
        PublisherConfiguration configuration = Parse(ConfigurationWriter.Write([(request, "x\ny")], "s.json"));
        Assert.Empty(configuration.Faults);
        Assert.Equal(request.ToMessage().ToString(), Assert.Single(configuration.Entries).Request.ToMessage().ToString());
        HashSet<string> written = [.. PublishOptions.All.Where(option => option.Read(request).Any()).Select(static option => option.Name)];
        Assert.Equal(["camera", "sddl"], PublishOptions.All.Select(static option => option.Name).Where(name => !written.Contains(name)));
        Assert.Equal(ConfigurationKeys.All.Count, ConfigurationKeys.All.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_file_for_the_cameras_that_are_there_is_valid()
    {
        FoundCamera[] cameras =
        [
            new("HD Cam", "/dev/video0", "v4l2", 0) { Vendor = "046d", Product = "0825", Serial = "A1" },
            new("HD Cam", "/dev/video2", "v4l2", 2) { Vendor = "046d", Product = "0825", Serial = "B2" },
        ];
        PublisherConfiguration configuration = Parse(ConfigurationWriter.For(cameras, NameScope.Local, null));
        Assert.Empty(configuration.Faults);
        Assert.Equal(["usb:046d:0825:A1", "usb:046d:0825:B2"], configuration.Entries.Select(static entry => entry.Request.Camera));
        Assert.Empty(ConfigurationConflicts.Find(configuration.Entries, cameras));
        Assert.Empty(Assert.Single(Parse(ConfigurationWriter.For([], NameScope.Global, "s")).Entries).Request.InputOptions);
    }

    private static PublisherConfiguration Parse(string text) =>
        ConfigurationFile.Parse(Encoding.UTF8.GetBytes(text), Path.Combine(Root, "cameras.json"));

    private static void Refused(string text, int line, int column, string says)
    {
        ConfigurationFault fault = Assert.Single(Parse(text).Faults);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (fault.Place.Line, fault.Place.Column));
        Assert.False(fault.IsWarning);
    }
}
