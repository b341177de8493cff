using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>Every row of docs/threat-model.md says where it is tried, and what it names is there.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string Page = RepositoryText.Read("docs/threat-model.md");
    private static readonly string Attacks = RepositoryText.Read("tests/security/run");

    /// <summary>The sections with tables of parties, and how their rows begin where they are tested.</summary>
    public static TheoryData<string, string> Parties => new()
    {
        { "The parties of a channel", "" },
        { "Plain memories", "plain memory: " },
        { "The control pipe", "control pipe: " },
        { "The viewer", "viewer: " },
    };

    [Theory]
    [MemberData(nameof(Parties))]
    public void Every_party_has_a_row_that_says_where_it_is_tested(string section, string prefix)
    {
        string[] tested = [.. Rows("Where it is tested").Select(static row => row[0])];
        string[] parties = [.. Rows(section).Select(static row => row[0])];
        Assert.NotEmpty(parties);
        string[] untested = [.. parties.Where(party => !tested.Any(row => row.StartsWith(prefix, StringComparison.Ordinal)
            && (prefix + party).StartsWith(row, StringComparison.Ordinal)))];
        Assert.Empty(untested);
    }

    [Fact]
    public void What_a_row_names_as_its_test_exists()
    {
        List<string> wrong = [];
        foreach (string[] row in Rows("Where it is tested"))
        {
            string[] files = [.. Quoted().Matches(row[1]).Select(static match => match.Groups[1].Value)];
            string[] sections = [.. Section().Matches(row[1]).Select(static match => match.Groups[1].Value)];
            wrong.AddRange(files.Where(static file => !Path.Exists(Repository.FullPath(file))).Select(file => $"{row[0]}: {file}"));
            wrong.AddRange(sections.Where(static name => !IsHeading(name)).Select(name => $"{row[0]}: \"{name}\""));

            // A dash with its reason, or a page that lists what is not shown.
            bool isExcused = row[1].StartsWith('–') || row[1].Contains("](windows.md)", StringComparison.Ordinal);
            if (files.Length == 0 && sections.Length == 0 && !isExcused)
                wrong.Add($"{row[0]}: nothing is named");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_section_of_attacks_is_named_by_a_row()
    {
        string table = string.Join('\n', Rows("Where it is tested").Select(static row => row[1]));
        string[] headings = [.. Heading().Matches(Attacks).Select(static match => match.Groups[1].Value)];
        Assert.True(headings.Length > 20);
        string[] unnamed = [.. headings.Where(heading => !table.Contains($"\"{Shown(heading)}\"", StringComparison.Ordinal))];
        Assert.Empty(unnamed);
    }

    [Fact]
    public void The_way_to_report_points_at_it() =>
        Assert.Contains("(docs/threat-model.md)", RepositoryText.Read("SECURITY.md"), StringComparison.Ordinal);

    private static bool IsHeading(string name) =>
        Heading().Matches(Attacks).Any(match => Shown(match.Groups[1].Value) == name);

    /// <summary>A heading as the page shows it: a number that the run fills in is three dots there.</summary>
    private static string Shown(string heading) => heading.Replace("$minutes", "…", StringComparison.Ordinal);

    /// <summary>The rows of the tables of a section, without their heads.</summary>
    private static IEnumerable<string[]> Rows(string section)
    {
        string text = Page[(Page.IndexOf($"## {section}\n", StringComparison.Ordinal) + 3)..];
        int end = text.IndexOf("\n## ", StringComparison.Ordinal);
        string[] lines = (end < 0 ? text : text[..end]).Split('\n');
        return lines.Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(static line => line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray());
    }

    [GeneratedRegex(@"`(tests/[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Section();

    [GeneratedRegex("^echo \"== ([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
