using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using WinMmf.Capture;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Memory;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>publish --mirror-name, read by another process.</summary>
public sealed class FrameMirrorTests
{
    [Fact]
    public void Frames_come_whole_and_what_was_left_out_is_counted()
    {
        string name = PublisherProcess.NewName();
        string memory = name + ".w";
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", name, "--width", "320", "--height", "240", "--fps", "200", "--mirror-name", memory, "--json");
        publisher.WaitForEvent("ready");
        FrameFormat format = FrameFormat.Packed(320, 240, PixelFormat.Bgr24);
        HashSet<long> numbers = [];
        while (numbers.Count < 100)
        {
            FrameCopy copy = FrameCopy.TakeFromWinMmf(memory, null, format, TimeSpan.FromSeconds(5));
            Assert.True(SyntheticPayload.IsWhole(copy.Data, out long number), "a torn frame");
            Assert.True(numbers.Count == 0 || number >= numbers.Max());
            numbers.Add(number);
        }

        (int code, IReadOnlyList<string> lines, _) = PublisherProcess.Run("status", name, "--json");
        Assert.Equal(0, code);
        JsonElement status = PublisherProcess.Last(lines, "status");
        Assert.Equal("Local\\" + memory, status.GetProperty("mirror").GetString());
        Assert.True(
            long.Parse(status.GetProperty("mirror-written").GetString()!, System.Globalization.CultureInfo.InvariantCulture) >= 100);
        Assert.Equal(0, PublisherProcess.Run("stop", name).Code);
        Assert.Equal(0, publisher.WaitForExit());
        JsonElement summary = PublisherProcess.Last(publisher.Lines, "summary");
        Assert.Equal(summary.GetProperty("published").GetInt64(),
            summary.GetProperty("mirrorWritten").GetInt64() + summary.GetProperty("mirrorSkipped").GetInt64());
        Assert.Equal(0, summary.GetProperty("dropped").GetInt64());
    }

    [Fact]
    public void A_memory_whose_lock_is_stuck_costs_the_channel_nothing()
    {
        string name = PublisherProcess.NewName();
        using NamedMemory memory = NamedMemory.Create(new SharedName(name + ".w", NameScope.Local), 64 * 48 * 3);
        using IDisposable held = memory.Lock(Locking.LockMode.Write, TimeSpan.Zero);
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run(
            "publish", "--name", name, "--width", "64", "--height", "48", "--fps", "100", "--frames", "50", "--mirror-name", name + ".w");
        Assert.True(code == 0, errors);
        Assert.Contains("published 50, dropped 0,", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith("restarts 0; Local\\" + name + ".w: written 0, skipped 50, waited 0", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Wider_access_is_warned_of()
    {
        string name = PublisherProcess.NewName();
        (int code, _, string errors) = PublisherProcess.Run(
            "publish", "--name", name, "--scope", "global", "--width", "64", "--height", "48", "--fps", "100", "--frames", "2",
                "--mirror-name", name + ".w", "--mirror-access", "Users");
        Assert.True(code == 0, errors);
        Assert.Contains("Users may write the mirror", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mirror-wait", "1")]
    [InlineData("--mirror-name", "x", "--name", "x")]
    [InlineData("--mirror-name", "ä")]
    public void What_makes_no_sense_is_code_2(params string[] arguments)
    {
        string[] name = arguments.Contains("--name") ? [] : ["--name", PublisherProcess.NewName()];
        (int code, _, string errors) = PublisherProcess.Run(["publish", .. name, "--frames", "1", .. arguments]);
        Assert.True(code == 2, errors);
    }
}
