using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>Every reference can be followed: to a section of the protocol, a rule of the design, a file, a heading of a page.</summary>
public sealed partial class ReferenceTests
{
    private static readonly Headings Protocol = Headings.OfProtocol(RepositoryText.Read("docs/protocol.md"));
    private static readonly Headings Design = Headings.OfDesign(RepositoryText.Read("docs/design.md"));
    private static readonly string[] Pages = [.. RepositoryText.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Fact]
    public void Every_section_of_the_protocol_that_is_named_exists()
    {
        Assert.True(Protocol.Has("8.5") && Protocol.HasStep("8.5", "3") && Protocol.Has("6.3") && Protocol.HasStep("6.3", "c"));
        AssertNone(RepositoryText.Files.Where(file => file != "docs/protocol.md")
            .SelectMany(file => UnknownSections(file, RepositoryText.ReadJoined(file))));
    }

    [Fact]
    public void Every_rule_of_the_design_that_is_named_exists()
    {
        Assert.Subset(Design.Numbers.ToHashSet(), new HashSet<string> { "N1", "L6", "C9", "P1" });
        AssertNone(RepositoryText.Files.SelectMany(file => UnknownRules(file, RepositoryText.ReadJoined(file))));
    }

    [Theory]
    [InlineData("protocol 8.5 step 3", "")]
    [InlineData("<c>docs/protocol.md</c> sections 5.3–5.5.", "")]
    [InlineData("protocol 6.3 (c)", "")]
    [InlineData("protocol 6.3 (z)", "protocol 6.3 (z)")]
    [InlineData("protocol 8.5 steps 3 and 99", "protocol 8.5 step 99")]
    [InlineData("docs/protocol.md: 5.1 (publisher), 77.1 (nothing)", "protocol 77.1")]
    [InlineData("protocol section 77", "protocol 77")]
    [InlineData("protocol version 1.0", "")]
    public void A_wrong_section_is_found(string text, string expected) =>
        Assert.Equal(expected, string.Join("; ", UnknownSections("", text)).Trim(':', ' '));

    [Theory]
    [InlineData("(design L4, N5)", "")]
    [InlineData("(C1)", "")]
    [InlineData("design section 7", "design section 7")]
    [InlineData("(design Z9)", "design Z9")]
    [InlineData("(L1–L99)", "design L99")]
    public void A_wrong_rule_is_found(string text, string expected) =>
        Assert.Equal(expected, string.Join("; ", UnknownRules("", text)).Trim(':', ' '));

    [Fact]
    public void Every_link_of_a_page_leads_somewhere() => AssertNone(Pages.SelectMany(page => Link().Matches(WithoutCode(page))
        .Select(match => match.Groups[1].Value)
        .Where(target => !Leads(page, target))
        .Select(target => $"{page}: {target}")));

    [Fact]
    public void Every_path_that_a_page_names_exists() =>
        AssertNone(Pages.Where(page => !page.StartsWith("docs/en-US/", StringComparison.Ordinal))
        .SelectMany(page => NamedPath().Matches(RepositoryText.Read(page))
            .Select(match => match.Groups[1].Value)
            .Where(path => !Placeholder().IsMatch(path) && !Exists(path))
            .Select(path => $"{page}: {path}")));

    private static IEnumerable<string> UnknownSections(string file, string text)
    {
        foreach (Match reference in ProtocolReference().Matches(text))
        {
            foreach (Match part in Section().Matches(reference.Groups[1].Value))
            {
                string number = part.Groups["number"].Value;
                if (!Protocol.Has(number))
                    yield return $"{file}: protocol {number}";
                foreach (string step in part.Groups["step"].Captures.Select(capture => capture.Value))
                {
                    if (!Protocol.HasStep(number, step))
                        yield return $"{file}: protocol {number} "
                            + $"{(char.IsAsciiDigit(step[0]) ? "step " + step : $"({step})")}";
                }
            }
        }
    }

    private static IEnumerable<string> UnknownRules(string file, string text)
    {
        foreach (Match match in DesignSection().Matches(text))
            yield return $"{file}: {match.Value}";
        foreach (Match reference in DesignReference().Matches(text).Concat(BareRule().Matches(text)))
        {
            foreach (Match rule in RuleName().Matches(reference.Value).Where(rule => !Design.Has(rule.Value)))
                yield return $"{file}: design {rule.Value}";
        }
    }

    private static string WithoutCode(string page) => Code().Replace(RepositoryText.Read(page), "");

    private static bool Leads(string page, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            return true;
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        string full = Repository.FullPath(file);
        return parts.Length == 1
            ? File.Exists(full) || Directory.Exists(full)
            : File.Exists(full) && Heading().Matches(File.ReadAllText(full)).Any(heading => Anchor(heading.Groups[1].Value) == parts[1]);
    }

    // As the usual renderers make an anchor: lower case, blanks to hyphens, other marks left out.
    private static string Anchor(string heading) => NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static bool Exists(string path)
    {
        string full = Repository.FullPath(path.TrimEnd('/', '.'));
        if (!full.Contains('*', StringComparison.Ordinal))
            return File.Exists(full) || Directory.Exists(full);
        string folder = Path.GetDirectoryName(full)!;
        if (folder.Contains('*', StringComparison.Ordinal))
            return Directory.GetDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder)).Length > 0;
        return Directory.Exists(folder) && Directory.GetFileSystemEntries(folder, Path.GetFileName(full)).Length > 0;
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        Assert.True(all.Length == 0, $"{all.Length} references lead nowhere:\n" + string.Join("\n", all.Take(40)));
    }

    // "protocol 5.3", "protocol section 8.5 step 3", "docs/protocol.md: 5.1 (publisher), 5.3": all numbers up to the end of the list.
    [GeneratedRegex(
        @"\b[Pp]rotocol(?:\.md)?(?:</c>|`)?[:,]?\s+(?:sections?\s+|paragraphs?\s+)?"
            + @"((?:\d+(?:\.\d+)?(?:,? steps? \d+(?:(?:,| and| to) \d+(?![.\d]))*| \([a-z]\))?"
            + @"(?: \([^()]*\))?(?:, with |, and |, | and | to |–|; )?)+)")]
    private static partial Regex ProtocolReference();

    [GeneratedRegex(
        @"(?<!step |steps |\w)(?<number>\d+(?:\.\d+)?)"
            + @"(?:,? steps? (?<step>\d+)(?:(?:,| and| to) (?<step>\d+)(?![.\d]))*| \((?<step>[a-z])\))?(?: \([^()]*\))?")]
    private static partial Regex Section();

    [GeneratedRegex(@"\b[Dd]esign section \d+")]
    private static partial Regex DesignSection();

    [GeneratedRegex(@"\b[Dd]esign [A-Z]\d+(?:(?:, | and |–)[A-Z]\d+)*")]
    private static partial Regex DesignReference();

    [GeneratedRegex(@"\([NLCPAD]\d{1,2}(?:(?:, | and |–)[NLCPAD]\d{1,2})*\)")]
    private static partial Regex BareRule();

    [GeneratedRegex(@"\b[A-Z]\d+\b")]
    private static partial Regex RuleName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w \-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"`((?:\.ci|\.github|docs|module|src|tests)/[\w.*/\-]+)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"NAME|NOUN|VERB|Verb|…")]
    private static partial Regex Placeholder();
}
