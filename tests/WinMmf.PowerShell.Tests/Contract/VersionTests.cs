using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>One version, from the git tag, in assemblies and manifest (CONTRIBUTING.md, "Versions").</summary>
public sealed class VersionTests
{
    // 1.2.3-preview.0.45, without the commit that follows a plus sign.
    private static string Built => FileVersionInfo
        .GetVersionInfo(Path.Combine(Repository.ModuleDirectory, "WinMmf.PowerShell.dll")).ProductVersion!.Split('+')[0];

    [Fact]
    public void The_built_manifest_has_the_version_of_the_assembly()
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.ModuleDirectory, "WinMmf.psd1"));
        string[] parts = Built.Split('-', 2);
        string expected = parts.Length == 1 ? parts[0] : parts[0] + "-" + string.Concat(parts[1].Split('.', '-').Select(Padded));
        Assert.Equal(expected, ManifestVersion.Of(manifest));
    }

    [Fact]
    public void The_manifest_in_the_repository_has_no_version_of_its_own() =>
        Assert.Equal("0.0.0-source", ManifestVersion.Of(Repository.Read("module", "WinMmf.psd1")));

    [Fact]
    public void No_project_states_a_version()
    {
        IEnumerable<string> files = new[] { "src", "tests", "docs" }
            .SelectMany(folder => Directory.GetFiles(Repository.FullPath(folder), "*.csproj", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Repository.FullPath(), "Directory.*"));
        Assert.All(files, file => Assert.DoesNotMatch("<(Assembly|File|Package|Informational)?Version>[0-9]", File.ReadAllText(file)));
    }

    private static string Padded(string identifier) => Regex.IsMatch(identifier, "^[0-9]+$") ? identifier.PadLeft(4, '0') : identifier;
}
