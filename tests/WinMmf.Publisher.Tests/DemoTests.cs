using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using WinMmf.Publisher.Demo;
using WinMmf.Publisher.Output;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_publishes_and_reads_every_frame_and_saves_the_last()
    {
        string picture = Path.Combine(_folder, "new", "demo.png");
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run(
            "demo", "--seconds", "2", "--fps", "15", "--width", "320", "--height", "240", "--output", picture);
        Assert.True(code == 0, errors);
        Assert.Matches(@"^demo: published 30, read 30, torn 0, dropped 0, latency p50 \d+\.\d ms p99 \d+\.\d ms, saved "
            + System.Text.RegularExpressions.Regex.Escape(picture) + "$", lines[^1]);
        Assert.Matches(@"^30 frames went .+, none of them torn .+\d+\.\d ms after they were published, 99 of 100 within ", lines[^2]);

        // Nothing is read that was not published, in no line.
        foreach (string line in lines)
        {
            if (System.Text.RegularExpressions.Regex.Match(line, @"^published (\d+)  read (\d+) ") is { Success: true } seen)
            {
                Assert.True(int.Parse(seen.Groups[1].Value, CultureInfo.InvariantCulture)
                    >= int.Parse(seen.Groups[2].Value, CultureInfo.InvariantCulture), line);
            }
        }

        Assert.True(new FileInfo(picture).Length > 1000);
        Assert.Equal("", errors);
    }

    [Fact]
    public void It_shows_a_file()
    {
        using TemporaryClip clip = new("width=64 height=48 fps=30 frames=20");
        string picture = Path.Combine(_folder, "clip.png");
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("demo", "--input", clip.Path, "--output", picture);
        Assert.True(code == 0, errors + string.Join('\n', lines));
        Assert.Matches(@"^demo: published 20, read \d+, torn 0, dropped 0, ", lines[^1]);
    }

    [Fact]
    public void A_demo_that_cannot_run_says_why_and_fails()
    {
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("demo", "--input", Path.Combine(_folder, "none.mp4"));
        Assert.Equal(4, code);
        Assert.Contains("none.mp4", errors, StringComparison.Ordinal);
        Assert.Empty(lines);
    }

    [SkippableFact]
    public void Interrupting_it_ends_both_processes()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        using PublisherProcess demo = PublisherProcess.Start(
            "demo", "--seconds", "600", "--width", "64", "--height", "48", "--output", Path.Combine(_folder, "a.png"));
        demo.WaitForLine(line => line.StartsWith("published", StringComparison.Ordinal));
        demo.Signal(PublisherProcess.Interrupt);
        Assert.Equal(130, demo.WaitForExit());
        Assert.DoesNotContain(Directory.GetFiles("/dev/shm"), file => file.Contains($".demo-{demo.Id}", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Killing_it_leaves_no_process_behind()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "channels are files there");
        using PublisherProcess demo = PublisherProcess.Start(
            "demo", "--seconds", "600", "--width", "64", "--height", "48", "--output", Path.Combine(_folder, "a.png"));
        demo.WaitForLine(line => line.StartsWith("published", StringComparison.Ordinal));
        demo.KillHard();
        Until.True(() => !Directory.GetFiles("/dev/shm").Any(file => file.Contains($".demo-{demo.Id}", StringComparison.Ordinal)),
            "the demo's publisher lives on");
    }

    [Theory]
    [InlineData(64L << 20, 1920, 1080)]
    [InlineData(20L << 20, 960, 540)]
    [InlineData(6L << 20, 480, 270)]
    [InlineData(0L, 240, 134)]
    [InlineData(null, 1920, 1080)]
    public void The_picture_shrinks_to_the_shared_memory_there_is(long? free, int width, int height)
    {
        using StringWriter said = new();
        DemoSettings settings = new DemoSettings(1920, 1080, 30, TimeSpan.FromSeconds(5), "a.png").FitTo(free, new Terminal(said, said));
        Assert.Equal(width == 1920, said.ToString().Length == 0);
        Assert.Equal((width, height), (settings.Width, settings.Height));
    }

    [Fact]
    public void A_file_is_shown_in_its_own_size()
    {
        using TemporaryClip clip = new("width=72 height=48 fps=25 frames=100");
        string picture = Path.Combine(_folder, "file.png");
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run(
            "demo", "--input", clip.Path, "--seconds", "1", "--output", picture);
        Assert.True(code == 0, errors);
        Assert.Contains("72x48 Bgr24", lines[0], StringComparison.Ordinal);
        Assert.True(File.Exists(picture));
    }
}
