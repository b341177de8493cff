using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class PublishAndReadTests
{
    [Fact]
    public void Every_frame_arrives_whole_and_in_order_at_two_readers()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess one = PublisherProcess.Start("read", name, "--every", "--verify", "--hash", "--json", "--wait", "30");
        using PublisherProcess two = PublisherProcess.Start("read", "--name", name, "--verify", "--hash", "--json", "--wait", "30");
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", name, "--width", "320", "--height", "240", "--fps", "40", "--frames", "40", "--json", "--parent-stdin");
        one.WaitForEvent("opened");
        two.WaitForEvent("opened");
        publisher.Go();
        Assert.Equal(0, publisher.WaitForExit());
        Assert.Equal(0, one.WaitForExit());
        Assert.Equal(0, two.WaitForExit());

        JsonElement published = PublisherProcess.Last(publisher.Lines, "summary");
        Assert.Equal(40, published.GetProperty("published").GetInt64());
        Assert.Equal("Frames", published.GetProperty("reason").GetString());
        JsonElement read = PublisherProcess.Last(one.Lines, "summary");
        Assert.Equal("PublisherStopped", read.GetProperty("reason").GetString());
        Assert.Equal(0, read.GetProperty("torn").GetInt64());
        Assert.Equal(40, read.GetProperty("lastNumber").GetInt64());

        // The same frame has the same bytes for both.
        Dictionary<long, string> first = Hashes(one);
        Dictionary<long, string> second = Hashes(two);
        Assert.Equal(first.Count, first.Values.Distinct().Count());

        // A busy machine may have delayed the reader, also before its first frame; but it must have counted its losses.
        Assert.Equal(40 - (first.Keys.Min() - 1) - read.GetProperty("skipped").GetInt64(), first.Count);
        Assert.NotEmpty(first.Keys.Intersect(second.Keys));
        Assert.All(first.Keys.Intersect(second.Keys), number => Assert.Equal(first[number], second[number]));
    }

    [Theory]
    [InlineData("bgra32")]
    [InlineData("GRAY8")]
    [InlineData("Yuy2")]
    [InlineData("nv12")]
    [InlineData("i420")]
    public void Every_pixel_format_can_be_leased_verified_and_saved(string format)
    {
        string name = PublisherProcess.NewName();
        string file = Path.Combine(Path.GetTempPath(), name + ".png");
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "-n", name, "--synthetic", "--width", "322", "--height", "242", "--fps", "50", "--pixel-format", format, "--json");
        publisher.WaitForEvent("ready");
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run(
            "read", name, "--lease", "--verify", "--frames", "10", "--save", file, "--json");
        Assert.True(code == 0, errors);
        JsonElement summary = PublisherProcess.Last(lines, "summary");
        Assert.Equal((10, 0), (summary.GetProperty("read").GetInt32(), summary.GetProperty("torn").GetInt32()));
        Assert.Equal(0, summary.GetProperty("copiedInstead").GetInt32());
        Assert.True(new FileInfo(file).Length > 100);
        File.Delete(file);
    }

    [Fact]
    public void Text_output_has_one_line_a_second_and_a_summary()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48");
        publisher.WaitForLine(line => line.Contains("Ctrl+C", StringComparison.Ordinal));
        (int code, IReadOnlyList<string> lines, _) = PublisherProcess.Run("read", name, "--duration", "1.5", "--wait", "5");
        Assert.Equal(0, code);
        Assert.Matches(
            @"^time is up: read \d+, skipped \d+, torn 0, retries \d+, dropped 0, latency p50 \d+\.\d\d ms p99 \d+\.\d\d ms$", lines[^1]);
        Assert.InRange(lines.Count, 2, 3);
    }

    [Fact]
    public void A_publisher_with_a_limit_ends_by_itself_with_a_summary()
    {
        (int code, IReadOnlyList<string> lines, _) = PublisherProcess.Run(
            "publish", "--name", PublisherProcess.NewName(), "--width", "64", "--height", "48", "--duration", "0.5");
        Assert.Equal(0, code);
        Assert.Matches(@"ended \(as long as asked for\): published \d+, dropped 0", lines[^1]);
    }

    [Fact]
    public void Hashes_alone_are_on_the_output_in_text()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48", "--json");
        publisher.WaitForEvent("ready");
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("read", name, "--hash", "--frames", "3");
        Assert.Equal(0, code);
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Matches("^[0-9]+ [0-9a-f]{64}$", line));
        Assert.Contains("done: read 3", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_without_new_frames_is_a_timeout_that_says_why()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", name, "--width", "64", "--height", "48", "--fps", "0.05", "--json");
        publisher.WaitForEvent("ready");
        (int code, _, string errors) = PublisherProcess.Run("read", name, "--timeout", "0.6", "--json");
        Assert.Equal(1, code);
        JsonElement error = PublisherProcess.Json(errors.Trim());
        Assert.Equal("Timeout", error.GetProperty("id").GetString());
        Assert.Contains("its publisher lives", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_killed_publisher_is_named_as_such()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48", "--json");
        publisher.WaitForEvent("ready");
        using PublisherProcess reader = PublisherProcess.Start("read", name, "--timeout", "1", "--json");
        reader.WaitForEvent("opened");
        publisher.KillHard();
        Assert.Equal(1, reader.WaitForExit());
        Assert.Contains("killed or crashed", reader.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_publisher_that_ends_too_early_is_a_failure_for_who_wanted_more()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess reader = PublisherProcess.Start("read", name, "--frames", "1000", "--wait", "30", "--json");
        Assert.Equal(0, PublisherProcess.Run("publish", "--name", name, "--width", "64", "--height", "48", "--duration", "0.5").Code);
        Assert.Equal(1, reader.WaitForExit());
        Assert.Equal("PublisherStopped", PublisherProcess.Last(reader.Lines, "summary").GetProperty("reason").GetString());
    }

    [Fact]
    public void What_is_torn_is_found_where_the_source_is_not_synthetic()
    {
        // Frames of a file carry no checksum: every one of them must fail the check, or the check checks nothing.
        using TemporaryClip clip = new("width=64 height=48 fps=50 frames=1000");
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--input", clip.Path, "--json");
        publisher.WaitForEvent("ready");
        (int code, IReadOnlyList<string> lines, _) = PublisherProcess.Run("read", name, "--verify", "--frames", "5", "--json");
        Assert.Equal(1, code);
        Assert.Equal(5, PublisherProcess.Last(lines, "summary").GetProperty("torn").GetInt32());
    }

    [Fact]
    public void A_second_publisher_is_refused_and_told_who_has_the_name()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess first = PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48", "--json");
        first.WaitForEvent("ready");
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run(
            "publish", "--name", name, "--width", "64", "--height", "48");
        Assert.Equal(3, code);
        Assert.Empty(lines);
        Assert.StartsWith("error ChannelInUse: ", errors, StringComparison.Ordinal);
        Assert.Contains($"process {first.Id}", errors, StringComparison.Ordinal);
        Assert.False(first.HasExited);
    }

    [SkippableFact]
    public void It_needs_little_memory()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", name, "--width", "1920", "--height", "1080", "--fps", "20", "--json");
        publisher.WaitForEvent("ready");
        Assert.Equal(0, PublisherProcess.Run("read", name, "--frames", "10").Code);
        string resident = File.ReadLines($"/proc/{publisher.Id}/status")
            .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        long kilobytes = long.Parse(
            resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(kilobytes * 1024, 1, (4L * 1920 * 1080 * 3) + (80 << 20));
    }

    private static Dictionary<long, string> Hashes(PublisherProcess process) => process.Lines
        .Select(PublisherProcess.Json)
        .Where(json => json.GetProperty("event").GetString() == "frame")
        .ToDictionary(json => json.GetProperty("number").GetInt64(), json => json.GetProperty("sha256").GetString()!);
}
