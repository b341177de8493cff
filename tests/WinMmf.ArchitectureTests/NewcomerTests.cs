using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>What <c>docs/architecture.md</c> says under "Where does it go?" is complete.</summary>
public sealed partial class NewcomerTests
{
    private static readonly string Page = RepositoryText.Read("docs/architecture.md");

    [Fact]
    public void Every_file_that_tells_pixel_formats_apart_is_named()
    {
        string[] files = Find(FormatTest());
        Assert.True(files.Length > 5, "The files were not found.");
        AssertNamed(files, Section("A new pixel format"));
        Assert.Contains($"**A new pixel format**: {files.Length} changed files of code", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_that_asks_for_the_system_is_named()
    {
        string[] files = Find(SystemTest());
        Assert.True(files.Length > 5, "The files were not found.");
        AssertNamed(files, Section("A new platform"));
    }

    private static string[] Find(Regex what) =>
    [
        .. RepositoryText.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal)
                && file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => what.IsMatch(RepositoryText.Read(file))),
    ];

    private static string Section(string title)
    {
        string[] parts = Page.Split("\n**", StringSplitOptions.None);
        string? section = parts.FirstOrDefault(part => part.StartsWith(title + "**", StringComparison.Ordinal));
        Assert.True(section is not null, $"There is no '{title}'.");
        return section.Split("\n## ")[0];
    }

    private static void AssertNamed(string[] files, string section)
    {
        string[] missing = [.. files.Where(file => !section.Contains(Path.GetFileNameWithoutExtension(file), StringComparison.Ordinal))];
        Assert.True(missing.Length == 0, "docs/architecture.md does not name " + string.Join(", ", missing));
    }

    /// <summary>A packed format that all of them know, in code and not in a comment.</summary>
    [GeneratedRegex(@"^(?!\s*//).*\b(Yuy2|I420)\b", RegexOptions.Multiline)]
    private static partial Regex FormatTest();

    [GeneratedRegex(@"\bOperatingSystem\.Is[A-Z]|\bIsOSPlatform\b")]
    private static partial Regex SystemTest();
}
