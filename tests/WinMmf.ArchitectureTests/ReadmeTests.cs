using System;
using System.Linq;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>The C# that README.md shows is the C# that a test compiles and runs.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_reader_stands_in_README_as_it_is_tested()
    {
        string tested = RepositoryText.Read("tests/WinMmf.Core.Tests/Samples/ReadmeReaderTests.cs");
        string shown = RepositoryText.Read("README.md").Split("```csharp")[1].Split("```")[0];
        string[] lines = Lines(tested.Split("// README begins")[1].Split("// README ends")[0]
            .Replace("Open(name)", "Open(\"cam1\")", StringComparison.Ordinal)
            .Replace("FromSeconds(patience)", "FromSeconds(5)", StringComparison.Ordinal));
        Assert.True(lines.Length > 5);
        Assert.Equal(lines, Lines(shown));
    }

    private static string[] Lines(string code) =>
        [.. code.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)];
}
