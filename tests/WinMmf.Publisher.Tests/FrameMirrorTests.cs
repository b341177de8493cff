using System;
using System.Collections.Generic;
using System.IO;
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
            FrameCopy copy = FrameCopy.TakeFromWinMmf(memory, null, format, TimeSpan.FromSeconds(60));
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
    public void A_publisher_that_starts_again_with_larger_frames_lives_and_mirrors_as_soon_as_the_memory_is_free()
    {
        string name = PublisherProcess.NewName();
        SharedName memory = new(name + ".w", NameScope.Local);
        using NamedMemory kept = NamedMemory.Create(memory, 64 * 48 * 3);
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", name, "--width", "128", "--height", "96", "--fps", "100", "--mirror-name", memory.Name, "--json");
        publisher.WaitForEvent("ready");
        WaitUntil(() => Published(name) > 50);
        Assert.Equal((0, "Local\\" + memory.Name), (Mirrored(name), Text(name, "mirror")));
        kept.Dispose();
        WaitForMirrored(name, 10);
        FrameCopy copy = FrameCopy.TakeFromWinMmf(
            memory.Name, null, FrameFormat.Packed(128, 96, PixelFormat.Bgr24), TimeSpan.FromSeconds(60));
        Assert.True(SyntheticPayload.IsWhole(copy.Data, out _));
        Assert.Equal(0, PublisherProcess.Run("stop", name).Code);
        Assert.Equal(0, publisher.WaitForExit());
        JsonElement summary = PublisherProcess.Last(publisher.Lines, "summary");
        Assert.Equal(summary.GetProperty("published").GetInt64(),
            summary.GetProperty("mirrorWritten").GetInt64() + summary.GetProperty("mirrorSkipped").GetInt64());
        Assert.Contains(
            "exists with 9216 bytes of data, and a frame has 36864. End the programs", publisher.Errors, StringComparison.Ordinal);
        Assert.Contains("has been made anew and gets frames", publisher.Errors, StringComparison.Ordinal);
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

    [SkippableFact]
    public void A_mirror_that_is_cut_short_under_its_writer_costs_the_channel_nothing_and_goes_on()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "On Windows nobody can cut a mapped section short.");
        string name = PublisherProcess.NewName();
        string file = "/dev/shm/winmmf." + name + ".w";
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", name, "--scope", "global", "--width", "64", "--height", "48", "--fps", "100", "--mirror-name", name + ".w",
                "--mirror-access", "Users", "--json");
        publisher.WaitForEvent("ready");
        WaitForMirrored(name, 10);

        // What any of these users may do. The next write ends the process that does it.
        long size = new FileInfo(file).Length;
        using (FileStream open = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            open.SetLength(0);
            long published = Published(name);
            WaitUntil(() => Published(name) > published + 50);
            open.SetLength(size);
        }

        WaitForMirrored(name, Mirrored(name) + 50);
        Assert.Equal(0, PublisherProcess.Run("stop", name).Code);
        Assert.Equal(0, publisher.WaitForExit());
        Assert.Equal(0, PublisherProcess.Last(publisher.Lines, "summary").GetProperty("dropped").GetInt64());
        Assert.Contains("cuts that memory short", publisher.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_a_mirror_that_others_may_write_left_out_is_counted()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "On Windows the publisher writes every mirror itself.");
        string name = PublisherProcess.NewName();
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run(
            "publish", "--name", name, "--scope", "global", "--width", "64", "--height", "48", "--fps", "50", "--frames", "40",
                "--mirror-name", name + ".w", "--mirror-access", "Users", "--mirror-wait", "1");
        Assert.True(code == 0, errors);

        // A reader in order misses what a busy machine lets it miss.
        System.Text.RegularExpressions.Match counts = System.Text.RegularExpressions.Regex.Match(
            lines[^1], @"\.w: written (\d+), skipped (\d+),");
        Assert.True(counts.Success, lines[^1]);
        int Count(int group) => int.Parse(counts.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(40, Count(1) + Count(2));
        Assert.NotEqual("0", counts.Groups[1].Value);
    }

    private static long Published(string name) => Number(name, "published");

    private static long Mirrored(string name) => Number(name, "mirror-written");

    private static void WaitForMirrored(string name, long count) => WaitUntil(() => Mirrored(name) >= count);

    private static long Number(string name, string field) =>
        long.Parse(Text(name, field), System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(string name, string field)
    {
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("status", name, "--json");
        Assert.True(code == 0, errors);
        return PublisherProcess.Last(lines, "status").GetProperty(field).GetString()!;
    }

    private static void WaitUntil(Func<bool> condition)
    {
        System.Diagnostics.Stopwatch waited = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "waited in vain");
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
