using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>The verbs health and restart, as a monitoring system and an administrator run them.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly string _name = PublisherProcess.NewName();
    private readonly PublisherProcess _publisher;

    public HealthTests()
    {
        _publisher = PublisherProcess.Start("publish", "--name", _name, "--width", "64", "--height", "48", "--frame-rate", "50", "--json");
        _publisher.WaitForEvent("ready");
    }

    public void Dispose() => _publisher.Dispose();

    [Fact]
    public void Frames_that_come_are_0_with_performance_data()
    {
        (int code, string line) = Health();
        Assert.Equal(0, code);
        Assert.Matches(
            @"^WINMMF OK - Local\\[^|]+ \| age=[\d.]+s;;5;0 rate=[\d.]+;;;0 published=\d+c dropped=0c restarts=0c$", line);
    }

    [Fact]
    public void Fewer_frames_than_there_shall_be_are_1()
    {
        (int code, string line) = Health("--min-frame-rate", "900");
        Assert.Equal(1, code);
        Assert.Matches(@"^WINMMF WARNING - .*at least 900 shall\. \| .*rate=[\d.]+;900:;;0", line);
    }

    [Fact]
    public void A_frame_that_is_older_than_it_may_be_is_2() => AssertCritical(Health("--max-age", "0"), "The newest frame is");

    [Fact]
    public void A_name_that_nobody_publishes_is_2()
    {
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("health", PublisherProcess.NewName());
        Assert.Equal((2, ""), (code, errors));
        Assert.Matches("^WINMMF CRITICAL - [^|]+$", lines.Single());
    }

    [Fact]
    public void A_publisher_that_was_killed_is_2_while_a_reader_holds_its_channel()
    {
        using FrameReader reader = FrameReader.Open(_name);
        _publisher.KillHard();
        Until.True(() => Health("--sample", "0").Code == 2, "The health shows that the publisher was killed.");
        AssertCritical(Health("--sample", "0"), "ended without saying so");
    }

    [SkippableFact]
    public void A_publisher_that_hangs_is_2()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signal that stops a process.");
        const int Stop = 19;
        _publisher.Signal(Stop);
        Until.True(() => Health("--sample", "0", "--max-age", "1000").Code == 2, "The health shows that the publisher hangs.");
        AssertCritical(Health("--sample", "0", "--max-age", "1000"), "shows no sign of life");
    }

    [Fact]
    public void A_memory_is_no_channel_and_3()
    {
        string memory = PublisherProcess.NewName();
        using WinMmf.Memory.NamedMemory held = WinMmf.Memory.NamedMemory.Create(
            new WinMmf.Names.SharedName(memory, WinMmf.Names.NameScope.Local), 1024);
        (int code, IReadOnlyList<string> lines, _) = PublisherProcess.Run("health", memory);
        Assert.Equal(3, code);
        Assert.Matches("^WINMMF UNKNOWN - ", lines.Single());
    }

    [Fact]
    public void Json_says_the_same()
    {
        (int code, IReadOnlyList<string> lines, _) = PublisherProcess.Run("health", _name, "--json", "--min-frame-rate", "900");
        JsonElement json = PublisherProcess.Json(lines.Single());
        Assert.Equal((1, "Warning"), (code, json.GetProperty("status").GetString()));
        Assert.Single(json.GetProperty("reasons").EnumerateArray());
        Assert.True(json.GetProperty("frameRate").GetDouble() > 0);
    }

    [Fact]
    public void A_restart_keeps_process_epoch_and_readers()
    {
        using FrameReader reader = FrameReader.Open(_name);
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("restart", _name, "--json");
        Assert.True(code == 0, errors);
        JsonElement json = PublisherProcess.Json(lines.Single());
        Assert.Equal(
            (_publisher.Id, 1, 1),
            (json.GetProperty("pid").GetInt32(), json.GetProperty("epoch").GetInt32(), json.GetProperty("restarts").GetInt32()));
        Assert.Equal(ChannelState.Live, reader.State);
        Assert.Equal(0, PublisherProcess.Run("stop", _name).Code);
        Assert.Equal(0, _publisher.WaitForExit());
        Assert.Contains("started again, as asked", _publisher.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_restart_of_nothing_is_not_found() => Assert.Equal(4, PublisherProcess.Run("restart", PublisherProcess.NewName()).Code);

    /// <summary>ffmpeg is another process afterwards.</summary>
    [Fact]
    public void A_restart_opens_the_input_again()
    {
        string name = PublisherProcess.NewName();
        using TemporaryClip clip = new("live=1 fps=50 frames=1000000");
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--input", clip.Address, "--json");
        publisher.WaitForEvent("ready");
        int before = clip.ProcessId;
        (int code, _, string errors) = PublisherProcess.Run("restart", name);
        Assert.True(code == 0, errors);
        Assert.NotEqual(before, clip.ProcessId);
    }

    private static void AssertCritical((int Code, string Line) said, string why)
    {
        Assert.Equal(2, said.Code);
        Assert.StartsWith("WINMMF CRITICAL - ", said.Line, StringComparison.Ordinal);
        Assert.Contains(why, said.Line, StringComparison.Ordinal);
    }

    private (int Code, string Line) Health(params string[] arguments)
    {
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run(["health", _name, .. arguments]);
        Assert.Equal("", errors);
        return (code, lines.Single());
    }
}
