using System;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>CHANGELOG.md has the form of Keep a Changelog, and stays short enough to read.</summary>
public sealed partial class ChangelogTests
{
    private const int MostLinesOfAVersion = 100;
    private static readonly string[] Lines = RepositoryText.Read("CHANGELOG.md").TrimEnd().Split('\n');

    [Fact]
    public void It_begins_with_what_is_not_released() =>
        Assert.Equal("## [Unreleased]", Lines.First(line => line.StartsWith("## ", StringComparison.Ordinal)));

    [Fact]
    public void Versions_and_kinds_of_changes_are_named_as_usual() => Assert.All(
        Lines.Where(line => line.StartsWith("##", StringComparison.Ordinal)),
        line => Assert.Matches(Heading(), line));

    [Fact]
    public void A_change_stands_under_its_kind()
    {
        int kind = Array.FindIndex(Lines, line => line.StartsWith("### ", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines.Take(kind), line => line.StartsWith("- ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_is_short_enough_to_read()
    {
        int[] starts = [.. Lines.Select((line, index) => (line, index)).Where(at => at.line.StartsWith("## ", StringComparison.Ordinal))
            .Select(at => at.index), Lines.Length];
        Assert.All(starts.Zip(starts.Skip(1)), range => Assert.InRange(range.Second - range.First, 1, MostLinesOfAVersion));
    }

    [GeneratedRegex(
        @"^(## \[(Unreleased|\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?)\]( - \d{4}-\d{2}-\d{2})?"
            + "|### (Added|Changed|Deprecated|Removed|Fixed|Security))$")]
    private static partial Regex Heading();
}
