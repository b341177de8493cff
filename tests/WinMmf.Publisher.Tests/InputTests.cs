using System;
using System.Collections.Generic;
using System.Text.Json;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class InputTests
{
    [Fact]
    public void A_file_is_shown_to_its_end()
    {
        using TemporaryClip clip = new("width=64 height=48 frames=30");
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run(
            "publish", "--name", PublisherProcess.NewName(), "--input", clip.Path, "--no-pace", "--json");
        Assert.True(code == 0, errors);
        JsonElement summary = PublisherProcess.Last(lines, "summary");
        Assert.Equal(("SourceEnded", 30), (summary.GetProperty("reason").GetString(), summary.GetProperty("published").GetInt32()));
    }

    [Fact]
    public void A_file_that_fails_half_way_is_code_1_with_ffmpegs_own_words()
    {
        using TemporaryClip clip = new("width=64 height=48 frames=30 exit=69 stderr=corrupt-stream");
        (int code, _, string errors) = PublisherProcess.Run(
            "publish", "--name", PublisherProcess.NewName(), "--input", clip.Path, "--no-pace");
        Assert.Equal(1, code);
        Assert.StartsWith("error PublisherFailed: ", errors, StringComparison.Ordinal);
        Assert.Contains("corrupt-stream", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_missing_ffmpeg_are_code_4()
    {
        using TemporaryClip clip = new("frames=1");
        Assert.Equal(4, PublisherProcess.Run("publish", "--name", "x", "--input", "no-such-file.mp4").Code);
        (int code, _, string errors) = PublisherProcess.Run("publish", "--name", "x", "--input", clip.Path, "--ffmpeg", "/no/such/ffmpeg");
        Assert.Equal(4, code);
        Assert.Contains("nstall it with", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_duration_ends_a_loop()
    {
        using TemporaryClip clip = new("width=64 height=48 fps=50 frames=5");
        (int code, IReadOnlyList<string> lines, _) = PublisherProcess.Run(
            "publish", "--name", PublisherProcess.NewName(), "--input", clip.Path, "--loop", "--duration", "0.7", "--json");
        Assert.Equal(0, code);
        JsonElement summary = PublisherProcess.Last(lines, "summary");
        Assert.Equal("Duration", summary.GetProperty("reason").GetString());
        Assert.True(summary.GetProperty("published").GetInt32() > 5);
    }
}
