using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using WinMmf.Errors;
using WinMmf.PowerShell.Advice;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>The about_ topics: what they must say, and that the text files are made from the pages as they are now.</summary>
public sealed class TopicTests
{
    private const string ErrorsTopic = "about_WinMmf_Errors";

    private static readonly string[] Names = [.. Directory
        .GetFiles(Repository.FullPath("docs", "en-US"), "about_*.md")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Topics => new(Names);

    public static TheoryData<WinMmfErrorId> Ids => new(Enum.GetValues<WinMmfErrorId>());

    [Theory]
    [InlineData("about_WinMmf")]
    [InlineData("about_WinMmf_Frames")]
    [InlineData("about_WinMmf_Access")]
    [InlineData(ErrorsTopic)]
    public void The_topic_is_there(string topic) => Assert.Contains(topic, Names);

    [Fact]
    public void No_text_is_left_over() => Assert.Equal(
        Names.Select(name => name + ".help.txt"),
        Directory.GetFiles(Repository.FullPath("module", "en-US"), "about_*").Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_text_has_the_words_of_the_page_as_it_is_now(string topic)
    {
        // If this fails: build.ps1 Help.
        string page = Repository.Read("docs", "en-US", topic + ".md");
        string expected = Regex.Replace(page, "(?m)^# ", "TOPIC ");
        expected = Regex.Replace(expected, "(?m)^```.*$|^#+ ", "");
        expected = Regex.Replace(expected, @"\[([^\]]*)\]\([^)]*\)", "$1").Replace("`", "").Replace("*", "");
        Assert.Equal(HelpPage.Normalise(expected), HelpPage.Normalise(Text(topic).Replace("*", "")), ignoreCase: true);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_text_is_as_Get_Help_of_every_version_reads_it(string topic)
    {
        string[] lines = Text(topic).Split('\n');
        Assert.Equal(["TOPIC", "    " + topic, "", "SHORT DESCRIPTION"], lines[..4]);

        // Get-Help takes this line for the synopsis.
        Assert.Matches(@"^    \w.*\.$", lines[4]);

        // Transcripts are as wide as they were.
        Assert.All(lines, line => Assert.True((line.Length <= 80 || line.StartsWith("        ", StringComparison.Ordinal))
            && line.All(char.IsAscii) && line == line.TrimEnd(), line));
    }

    [Fact]
    public void The_overview_names_every_cmdlet()
    {
        string overview = Repository.Read("docs", "en-US", "about_WinMmf.md");
        Assert.All(CmdletContract.All, cmdlet => Assert.Contains(cmdlet.Name, overview));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_error_is_explained_under_its_id_with_its_category(WinMmfErrorId id)
    {
        string explanation = Assert.Single(Explanations(), entry => entry.Id == id.ToString()).Text;
        Assert.StartsWith($"Category {ErrorRecords.CategoryOf(id)}. ", explanation);
        Assert.True(explanation.Split(' ').Length > 12, "That is no explanation.");
        Assert.Matches("^[^ ].{15,}", Remedies.For(new WinMmfException(id, "It failed.")));
    }

    [Fact]
    public void No_error_is_explained_that_does_not_exist() =>
        Assert.Equal(Enum.GetNames<WinMmfErrorId>().Order(), Explanations().Select(entry => entry.Id).Order());

    private static string Text(string topic) => Repository.Read("module", "en-US", topic + ".help.txt");

    private static IEnumerable<(string Id, string Text)> Explanations() => Regex
        .Matches(Repository.Read("docs", "en-US", ErrorsTopic + ".md"), @"(?ms)^### (\w+)\n\n(.*?)(?=\n\n#)")
        .Select(match => (match.Groups[1].Value, match.Groups[2].Value));
}
