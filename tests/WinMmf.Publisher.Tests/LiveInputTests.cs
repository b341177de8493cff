using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WinMmf.Frames;
using WinMmf.Management.Control;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>Addresses and devices: they come back, and their publisher says what happened.</summary>
public sealed class LiveInputTests
{
    [Theory]
    [InlineData("frames=20 live=1 fps=40", "60", "ended after 20 frames (exit code 0)")]
    [InlineData("frames=1000 live=1 fps=40 silent=20 deaf=1", "4", "was silent for 4 s")]
    [InlineData("frames=20 live=1 fps=40 exit=9 stderr=unplugged", "60", "exit code 9 after 20 frames: unplugged")]
    public void State_counters_and_log_tell_of_a_failure_and_of_the_return(string words, string stallTimeout, string says)
    {
        using TemporaryClip clip = new(words, "frames=1000000 live=1 fps=40 gate=1");
        string name = PublisherProcess.NewName();
        string log = Path.Combine(Path.GetTempPath(), name + ".log");
        using PublisherProcess publisher = PublisherProcess.StartRaw(
            "publish", "--name", name, "--input", clip.Address, "--stall-timeout", stallTimeout, "--detached", "--log", log);
        Assert.Equal("READY", ControlMessage.Read(publisher.Output)!.Head);
        using FrameReader reader = FrameReader.Open(name);
        string endpoint = reader.Inspect().ControlEndpoint;
        Until.True(() => reader.State == ChannelState.Failed, "the failure is not seen");
        ControlMessage status = PublisherProcess.Ask(endpoint, ControlClient.Status);
        Assert.Equal(("Failed", "Failed"), (status["state"], status["source-state"]));
        Assert.Contains(says, status["error"], StringComparison.Ordinal);
        Assert.True(DateTime.TryParse(status["error-at"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime at));
        Assert.InRange(at, DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow.AddMinutes(1));
        Assert.Contains(says, reader.Inspect().LastError!, StringComparison.Ordinal);
        long before = long.Parse(status["published"], CultureInfo.InvariantCulture);
        clip.OpenGate();
        Assert.True(reader.Wait(before + 5, TimeSpan.FromSeconds(60)));
        Assert.Equal(ChannelState.Live, reader.State);
        Assert.Equal(1, reader.ChannelCounters.SourceRestarts);
        status = PublisherProcess.Ask(endpoint, ControlClient.Status);
        Assert.Equal(("Live", "1", "0"), (status["state"], status["restarts"], status["dropped"]));
        Assert.Equal("Running", status["source-state"]);

        // It stays, with its time, until the next one.
        Assert.Contains(says, reader.Inspect().LastError!, StringComparison.Ordinal);
        Assert.InRange(reader.Inspect().LastErrorAt!.Value, DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow.AddMinutes(1));
        PublisherProcess.Ask(endpoint, ControlClient.Stop);
        Assert.Equal(0, publisher.WaitForExit());
        string[] lines = File.ReadAllLines(log);
        Assert.Contains(lines, line => line.Contains("source failed, will be started again: PublisherFailed: ", StringComparison.Ordinal)
            && line.Contains(says, StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.EndsWith("source delivers again, restarts 1", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", File.ReadAllText(log), StringComparison.Ordinal);
        File.Delete(log);
    }

    [Fact]
    public void A_person_is_warned_and_told_of_the_return()
    {
        using TemporaryClip clip = new("frames=5 live=1 fps=40");
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", PublisherProcess.NewName(), "--input", clip.Address, "--frames", "12");
        Assert.Equal(0, publisher.WaitForExit());
        Assert.Contains("published 12, dropped 0, late 0, restarts 2", publisher.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("It will be started again.", publisher.Errors, StringComparison.Ordinal);
        Assert.Contains("The source delivers again. Restarts: 2.", publisher.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_is_opened_by_its_format_and_MJPEG_passes_through()
    {
        using TemporaryClip clip = new("jpeg=1 frames=1000000 live=1 fps=40");
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", name, "--input-format", "fake", "--input", "fake://user:secret@"
                + clip.Path, "--input-option", "probesize=32", "--pixel-format", "mjpg", "--json");
        publisher.WaitForEvent("ready");
        FrameCopy copy = FrameCopy.Take(name);
        Assert.Equal((PixelFormat.Mjpg, 64, 48), (copy.Info.Format.PixelFormat, copy.Info.Format.Width, copy.Info.Format.Height));
        Assert.Equal([0xFF, 0xD8], copy.Data[..2]);
        Assert.Equal([0xFF, 0xD9], copy.Data[^2..]);
        Assert.Equal(copy.Info.Format.PayloadLength, copy.Data.Length);
    }

    [Theory]
    [InlineData("--input-option", "nonsense")]
    [InlineData("--input-option", "-y=1")]
    [InlineData("--pace", "--no-pace")]
    [InlineData("--loop", "--no-pace")]
    public void What_makes_no_sense_is_code_2(params string[] arguments)
    {
        (int code, _, string errors) = PublisherProcess.Run(["publish", "--name", "x", "--input", "http://host/x", .. arguments]);
        Assert.Equal(2, code);
        Assert.NotEqual("", errors);
    }
}
