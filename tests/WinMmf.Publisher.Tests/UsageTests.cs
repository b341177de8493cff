using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using WinMmf.Management.Launching;
using WinMmf.Publisher.CommandLine;
using WinMmf.Publisher.Demo;
using WinMmf.Publisher.Output;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("publish")]
    [InlineData("publish", "--name", "x", "--fps", "fast")]
    [InlineData("publish", "--name", "x", "--pixel-format", "rgb")]
    [InlineData("publish", "--name", "x", "--scope", "moon")]
    [InlineData("publish", "--name", "x", "--frames", "0")]
    [InlineData("publish", "--name", "x", "--duration", "-1")]
    [InlineData("publish", "--name", "x", "--synthetic", "--input", "y")]
    [InlineData("publish", "--name", "x", "--log", "y")]
    [InlineData("publish", "--name", "x", "--unknown")]
    [InlineData("publish", "--name", "a/b")]
    [InlineData("publish", "--name", "x", "--pixel-format", "none")]
    [InlineData("publish", "x", "--name", "x")]
    [InlineData("publish", "x", "y")]
    [InlineData("publish", "--name", "x", "--pixel-format", "mjpg")]
    [InlineData("publish", "--name", "x", "--width", "-5")]
    [InlineData("publish", "--name", "x", "--slots", "2")]
    [InlineData("publish", "--name", "x", "--read-access", "nobody-has-this-name")]
    [InlineData("read")]
    [InlineData("read", "x", "--name", "y")]
    [InlineData("read", "x", "--every", "--newest")]
    [InlineData("read", "x", "--every", "--lease")]
    [InlineData("read", "@x/")]
    [InlineData("stop")]
    [InlineData("stop", "--nonsense")]
    [InlineData("status", "--nonsense")]
    [InlineData("read", "--nonsense")]
    [InlineData("publish", "--nonsense")]
    [InlineData("hold", "--nonsense", "--size", "8")]
    [InlineData("nonsense")]
    public void Wrong_usage_is_one_clear_line_and_code_2(params string[] arguments)
    {
        (int code, string output, string errors) = RunHere(arguments);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Matches(@"^error [A-Za-z]+: [^\n]+\n?$", errors.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    /// <summary>To a monitoring system code 2 is critical and 1 a warning, and it shows what stands on standard output.</summary>
    [Theory]
    [InlineData]
    [InlineData("x", "y")]
    [InlineData("x", "--scope", "moon")]
    [InlineData("x", "--max-age", "soon")]
    [InlineData("x", "--max-age", "-1")]
    [InlineData("x", "--min-frame-rate", "-1")]
    [InlineData("x", "--sample", "NaN")]
    [InlineData("x", "--unknown")]
    [InlineData("a/b")]
    public void Wrong_usage_of_health_is_unknown_and_code_3(params string[] arguments)
    {
        (int code, string output, string errors) = RunHere(["health", .. arguments]);
        Assert.Equal((3, ""), (code, errors));
        Assert.Matches(@"^WINMMF UNKNOWN - [^\n|]+\n?$", output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_format_that_no_frame_has_is_not_offered()
    {
        string errors = RunHere("publish", "x", "--pixel-format", "rgb").Errors;
        Assert.Contains("Bgr24", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("None", errors, StringComparison.Ordinal);
        Assert.Equal(errors.Replace("rgb", "none", StringComparison.Ordinal), RunHere("publish", "x", "--pixel-format", "none").Errors);
    }

    [Theory]
    [InlineData("1e12")]
    [InlineData("1e300")]
    [InlineData("-1E300")]
    public void A_duration_out_of_range_is_named_as_it_was_given(string seconds)
    {
        (int code, _, string errors) = RunHere("publish", "--name", "x", "--duration", seconds);
        Assert.Equal(2, code);
        string named = double.Parse(seconds, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e12")]
    [InlineData("1e300")]
    public void A_time_to_wait_may_be_longer_than_the_clock_can_count(string seconds)
    {
        Assert.Equal(4, RunHere("stop", PublisherProcess.NewName(), "--timeout", seconds).Code);
        DemoSettings settings = new(
            64, 48, PublishLimits.MostFrameRate, CommonOptions.Time(double.Parse(seconds, CultureInfo.InvariantCulture)), "x.png");
        Assert.True(settings.Frames > 0);
    }

    [Theory]
    [InlineData]
    [InlineData("publish")]
    [InlineData("read")]
    [InlineData("list")]
    [InlineData("health")]
    [InlineData("restart")]
    [InlineData("stop")]
    [InlineData("demo")]
    public void Help_shows_examples_and_exit_codes(params string[] verb)
    {
        (int code, string output, string errors) = RunHere([.. verb, "--help"]);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("parent-stdin", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_process_does_the_same_and_shows_help_when_asked_nothing()
    {
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("publish", "--nonsense");
        Assert.Equal(2, code);
        Assert.Empty(lines);
        Assert.StartsWith("error Usage: ", errors, StringComparison.Ordinal);
        (code, lines, errors) = PublisherProcess.Run();
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Exit codes:", lines);
    }

    [Fact]
    public void A_missing_channel_is_code_4_also_in_JSON()
    {
        (int code, _, string errors) = PublisherProcess.Run("read", PublisherProcess.NewName(), "--json");
        Assert.Equal(4, code);
        JsonElement error = PublisherProcess.Json(errors.Trim());
        Assert.Equal(("error", "NotFound"), (error.GetProperty("event").GetString(), error.GetProperty("id").GetString()));
        Assert.Equal(4, PublisherProcess.Run("stop", PublisherProcess.NewName()).Code);
    }

    [Fact]
    public void A_name_with_a_hyphen_in_front_is_given_by_its_option()
    {
        Assert.Equal(4, RunHere("read", "--name", "-" + PublisherProcess.NewName()).Code);
        (int code, _, string errors) = RunHere("read", "-" + PublisherProcess.NewName());
        Assert.Equal(2, code);
        Assert.Contains("--name", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_may_look_like_a_response_file()
    {
        string name = "@" + PublisherProcess.NewName();
        Assert.Equal(0, PublisherProcess.Run("publish", "--name", name, "--width", "64", "--height", "48", "--frames", "2").Code);
    }

    private static (int Code, string Output, string Errors) RunHere(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        int code = Program.Run(arguments, new Terminal(output, errors));
        return (code, output.ToString(), errors.ToString());
    }
}
