using System;
using System.Globalization;
using System.IO;
using WinMmf.Frames;
using WinMmf.Management.Control;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class DetachedTests
{
    [Fact]
    public void It_says_READY_lets_go_of_its_pipes_and_lives_on()
    {
        string name = PublisherProcess.NewName();
        string log = Path.Combine(Path.GetTempPath(), name + ".log");
        using PublisherProcess publisher = PublisherProcess.StartRaw(
            "publish", "--name", name, "--width", "64", "--height", "48", "--fps", "25", "--detached", "--log", log);
        publisher.CloseInput();
        ControlMessage ready = ControlMessage.Read(publisher.Output)!;
        Assert.Equal("READY", ready.Head);
        Assert.Equal((name, "Local"), (ready["name"], ready["scope"]));
        Assert.Equal(publisher.Id.ToString(CultureInfo.InvariantCulture), ready["pid"]);
        Assert.Equal(("64", "48", "Bgr24", "25"), (ready["width"], ready["height"], ready["pixel-format"], ready["fps"]));

        // Readable from the moment of the message.
        using FrameReader reader = FrameReader.Open(name);
        Assert.Equal(FrameReadStatus.Ok, reader.TryPeek(out _));

        // Both pipes end although the publisher lives: a parent that reads to the end gets there.
        Assert.True(publisher.OutputEnds(), "the output stays open");
        Assert.Equal("", publisher.Errors);
        Assert.False(publisher.HasExited);
        publisher.Output.Dispose();

        ControlMessage status = PublisherProcess.Ask(reader.Inspect().ControlEndpoint, ControlClient.Status);
        Assert.Equal(("Live", "", name), (status["state"], status["error"], status["name"]));
        Assert.True(long.Parse(status["published"], CultureInfo.InvariantCulture) > 0);
        PublisherProcess.Ask(reader.Inspect().ControlEndpoint, ControlClient.Stop);
        Assert.Equal(0, publisher.WaitForExit());
        Assert.Equal(ChannelState.Stopped, reader.State);
        string text = File.ReadAllText(log);
        Assert.Contains("first frame", text, StringComparison.Ordinal);
        Assert.Contains("ended (Stop)", text, StringComparison.Ordinal);
        File.Delete(log);
    }

    [Theory]
    [InlineData("InvalidName", 2, "--name", "a\\b")]
    [InlineData("InvalidFormat", 2, "--name", "x", "--width", "0")]
    [InlineData("FileNotFound", 4, "--name", "x", "--input", "no-such-file.mp4")]
    [InlineData("InvalidArgument", 2, "--name", "x", "--slots", "99")]
    public void It_says_FAILED_and_why(string id, int code, params string[] arguments)
    {
        using PublisherProcess publisher = PublisherProcess.StartRaw(["publish", .. arguments, "--detached"]);
        ControlMessage failed = ControlMessage.Read(publisher.Output)!;
        Assert.Equal("FAILED " + id, failed.Head);
        Assert.NotEqual("", failed["message"]);
        Assert.Equal(code, publisher.WaitForExit());
        Assert.Equal(-1, publisher.Output.ReadByte());
        Assert.Equal("", publisher.Errors);
    }

    [Fact]
    public void A_name_in_use_is_FAILED_ChannelInUse()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess first = PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48", "--json");
        first.WaitForEvent("ready");
        using PublisherProcess second = PublisherProcess.StartRaw("publish", "--name", name, "--detached");
        ControlMessage failed = ControlMessage.Read(second.Output)!;
        Assert.Equal("FAILED ChannelInUse", failed.Head);
        Assert.Contains(first.Id.ToString(CultureInfo.InvariantCulture), failed["message"], StringComparison.Ordinal);
        Assert.Equal(3, second.WaitForExit());
    }

    [Theory]
    [InlineData("frames=0 exit=1 stderr=no-decoder", "no-decoder")]
    [InlineData("frames=0", "without a single frame")]
    public void A_source_that_fails_before_its_first_frame_is_FAILED(string words, string says)
    {
        using TemporaryClip clip = new(words);
        using PublisherProcess publisher = PublisherProcess.StartRaw(
            "publish", "--name", PublisherProcess.NewName(), "--input", clip.Path, "--detached");
        ControlMessage failed = ControlMessage.Read(publisher.Output)!;
        Assert.Equal("FAILED PublisherFailed", failed.Head);
        Assert.Contains(says, failed["message"], StringComparison.Ordinal);
        Assert.Equal(1, publisher.WaitForExit());
    }

    [Fact]
    public void A_source_that_fails_later_is_in_the_log_and_in_the_state()
    {
        using TemporaryClip clip = new("width=64 height=48 fps=20 frames=25 exit=9 stderr=the-drive-is-gone");
        string name = PublisherProcess.NewName();
        string log = Path.Combine(Path.GetTempPath(), name + ".log");
        using PublisherProcess publisher = PublisherProcess.StartRaw(
            "publish", "--name", name, "--input", clip.Path, "--detached", "--log", log);
        Assert.Equal("READY", ControlMessage.Read(publisher.Output)!.Head);
        using FrameReader reader = FrameReader.Open(name);
        Assert.Equal(1, publisher.WaitForExit());
        Assert.Equal(ChannelState.Failed, reader.State);
        Assert.Contains("the-drive-is-gone", File.ReadAllText(log), StringComparison.Ordinal);
        File.Delete(log);
    }

    [SkippableFact]
    public void The_end_of_the_terminal_does_not_hurt_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.StartRaw(
            "publish", "--name", name, "--width", "64", "--height", "48", "--detached");
        Assert.Equal("READY", ControlMessage.Read(publisher.Output)!.Head);
        publisher.Output.Dispose();

        // Its own session: the sixth field of stat.
        string stat = File.ReadAllText($"/proc/{publisher.Id}/stat");
        Assert.Equal(publisher.Id.ToString(CultureInfo.InvariantCulture), stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3]);
        publisher.Signal(PublisherProcess.Hangup);
        using FrameReader reader = FrameReader.Open(name);
        Assert.True(reader.Wait(0, TimeSpan.FromSeconds(60)));
        reader.TryPeek(out FrameInfo before);
        Assert.True(reader.Wait(before.FrameNumber + 5, TimeSpan.FromSeconds(60)));
        Assert.False(publisher.HasExited);
        publisher.Signal(PublisherProcess.Terminate);
        Assert.Equal(0, publisher.WaitForExit());
    }

    [Fact]
    public void A_parent_that_goes_before_READY_does_not_hurt_it()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.StartRaw(
            "publish", "--name", name, "--width", "64", "--height", "48", "--detached");
        publisher.Output.Dispose();
        using FrameReader reader = FrameReader.Open(name, null, new FrameReaderOptions { WaitForChannel = TimeSpan.FromSeconds(60) });
        Assert.True(reader.Wait(10, TimeSpan.FromSeconds(60)));
        Assert.False(publisher.HasExited);
        Assert.Equal(0, PublisherProcess.Run("stop", name).Code);
    }
}
