using System;
using System.Linq;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>Two files of C# fit side by side on a screen.</summary>
public sealed class LineTests
{
    private const int Longest = 140;

    [Fact]
    public void No_line_of_a_C_sharp_file_is_longer_than_140_characters()
    {
        string[] files = [.. RepositoryText.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))];
        Assert.True(files.Length > 500, "The files were not found.");
        string[] faults = [.. files.SelectMany(file => Faults(file, RepositoryText.Read(file)))];
        Assert.True(faults.Length == 0, string.Join("\n", faults.Take(40)));
    }

    [Fact]
    public void The_check_sees_a_line_that_is_too_long()
    {
        Assert.Empty(Faults("a.cs", new string('x', Longest) + "\r\n" + new string('x', Longest)));
        Assert.Equal(["a.cs:2: 141 characters"], Faults("a.cs", "x\n" + new string('x', Longest + 1)));
    }

    private static string[] Faults(string file, string text) =>
    [
        .. text.Split('\n')
            .Select((line, index) => (line.TrimEnd('\r').Length, Place: $"{file}:{index + 1}"))
            .Where(static line => line.Length > Longest)
            .Select(static line => $"{line.Place}: {line.Length} characters"),
    ];
}
