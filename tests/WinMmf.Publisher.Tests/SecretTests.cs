using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>A password in an address shows nowhere: not in the list of processes, not in logs, status or errors.</summary>
public sealed class SecretTests
{
    private const string Password = "pa/ss'w@rd";
    private const string Escaped = "pa%2Fss'w%40rd";
    private const string Key = "k3yk3y";

    [SkippableFact]
    public void No_secret_of_an_address_is_seen_while_publisher_ffprobe_and_ffmpeg_run()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is read here");
        Skip.If(RealFfmpeg is null, "needs ffmpeg");
        string name = PublisherProcess.NewName();
        string log = Path.Combine(Path.GetTempPath(), name + ".log");
        using CameraServer camera = new("user:" + Password, "X-Camera: " + Key, Picture());
        using ProcessWatch watch = new();
        PublishRequest request = new(new SharedName(name, NameScope.Local), $"http://user:{Escaped}@{camera.Host}/live?token={Key}")
        {
            InputOptions = [new("headers", "X-Camera: " + Key), new("threads", "1"), new("thread_queue_size", "64")],
            PixelFormat = PixelFormat.Mjpg,
            LogPath = log,
        };
        int publisher = PublisherLauncher.Start(Program, request, TimeSpan.FromSeconds(60)).ProcessId;
        using FrameReader reader = FrameReader.Open(name);
        Assert.True(reader.Wait(10, TimeSpan.FromSeconds(30)));
        ControlMessage status = PublisherProcess.Ask(reader.Inspect().ControlEndpoint, ControlClient.Status);
        Assert.Equal($"http://{camera.Host}/live", status["source"]);
        string seen = watch.End();

        // What is looked at is really there: the probe, the decoder, and the publisher with its name.
        Assert.Contains("-show_entries", seen, StringComparison.Ordinal);
        Assert.Contains("-f mjpeg -", seen, StringComparison.Ordinal);
        Assert.Contains($"publish --name {name} --scope local", seen, StringComparison.Ordinal);
        ShowsNoSecret(seen);
        ShowsNoSecret(File.ReadAllText($"/proc/{publisher}/environ"));
        ShowsNoSecret(status.ToString());
        ShowsNoSecret(File.ReadAllText(log));
        ShowsNoSecret(reader.Inspect().Source);
        PublisherProcess.Ask(reader.Inspect().ControlEndpoint, ControlClient.Stop);
        File.Delete(log);
    }

    [SkippableTheory]
    [InlineData("http://user:{0}@{1}/live?token={2}", WinMmfErrorId.AccessDenied, "refuses the user or the password")]
    [InlineData("http://user:{0}@127.0.0.1:1/live?token={2}", WinMmfErrorId.SourceUnreachable, "refuses the connection")]
    [InlineData("http://user:{0}@no-such-host.invalid/live?token={2}", WinMmfErrorId.SourceUnreachable, "host")]
    [InlineData("rtsp://user:{0}@127.0.0.1:1/live?token={2}", WinMmfErrorId.SourceUnreachable, "refuses the connection")]
    [InlineData("nonsense://user:{0}@{1}/live?token={2}", WinMmfErrorId.InvalidArgument, "kind of address")]
    public void An_error_names_its_cause_and_no_secret(string address, WinMmfErrorId id, string says)
    {
        Skip.If(RealFfmpeg is null, "needs ffmpeg");
        string name = PublisherProcess.NewName();
        string log = Path.Combine(Path.GetTempPath(), name + ".log");
        using CameraServer camera = new("user:another", "Host: " + "x", [1]);
        PublishRequest request = new(new SharedName(name, NameScope.Local),
            string.Format(CultureInfo.InvariantCulture, address, Escaped, camera.Host, Key))
        { LogPath = log };
        WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherLauncher.Start(Program, request, TimeSpan.FromSeconds(60)));
        Assert.Equal((id, true), (e.ErrorId, e.Message.Contains(says, StringComparison.Ordinal)));
        ShowsNoSecret(e.Message);
        string written = File.ReadAllText(log);
        Assert.Contains("failed: " + id, written, StringComparison.Ordinal);
        ShowsNoSecret(written);
        File.Delete(log);
    }

    [Fact]
    public void Arguments_are_the_second_way_in_and_show_no_more_than_they_must()
    {
        (int code, _, string errors) = PublisherProcess.Run("publish", "--name", "x", $"rtsp://user:{Password}@host/x");
        Assert.Equal(2, code);
        ShowsNoSecret(errors);
        (code, _, errors) = PublisherProcess.Run("publish", "--name", "x", "--input", $"fake://user:{Escaped}@nothing", "--json");
        Assert.NotEqual(0, code);
        ShowsNoSecret(errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("WINMMF/1 publish\nslots: 99\n\n")]
    [InlineData("WINMMF/1 publish\nzoom: 2\n\n")]
    [InlineData("WINMMF/2 publish\n\n")]
    [InlineData("WINMMF/1 hold\nsize: 1\n\n")]
    public void A_request_that_makes_no_sense_is_FAILED_with_its_reason(string text)
    {
        using PublisherProcess publisher = PublisherProcess.StartRaw("publish", "--name", "x", "--request-stdin");
        publisher.Write(text);
        publisher.CloseInput();
        ControlMessage failed = ControlMessage.Read(publisher.Output)!;
        Assert.Equal("FAILED InvalidArgument", failed.Head);
        Assert.NotEqual("", failed["message"]);
        Assert.Equal(2, publisher.WaitForExit());
    }

    [Fact]
    public void A_memory_is_held_on_a_request_too()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess keeper = PublisherProcess.StartRaw("hold", name, "--request-stdin");

        // As .NET Framework begins a stream of UTF-8.
        keeper.Write("\uFEFFWINMMF/1 hold\nsize: 4096\n\n");
        ControlMessage ready = ControlMessage.Read(keeper.Output)!;
        Assert.True(ready.Head == "READY", ready["message"]);
        using Memory.NamedMemory memory = Memory.NamedMemory.Open(name, NameScope.Local);
        Assert.Equal(4096, memory.DataSize);
        MemoryKeeper.Stop(memory.Name, memory.Origin!, TimeSpan.FromSeconds(30));
    }

    private static string? RealFfmpeg => Management.Ffmpeg.FfmpegProgram.Find(out _);

    private static ModuleProgram Program =>
        PublisherProgram.Find("", PublisherProcess.FileName, Management.Platform.Selection.ManagementServices.Current);

    private static void ShowsNoSecret(string text)
    {
        foreach (string secret in new[] { Password, Escaped, "pa%2F", "w@rd", Key,
            Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Password)) })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    private static byte[] Picture()
    {
        ProcessStartInfo start = new(RealFfmpeg!,
            ["-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=size=160x120", "-frames:v", "1", "-f", "mjpeg",
            "-"])
        { RedirectStandardOutput = true };
        using Process ffmpeg = Process.Start(start)!;
        using MemoryStream picture = new();
        ffmpeg.StandardOutput.BaseStream.CopyTo(picture);
        ffmpeg.WaitForExit();
        return picture.ToArray();
    }
}
