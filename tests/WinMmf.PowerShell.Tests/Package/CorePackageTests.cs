using System;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using WinMmf.PowerShell.Tests.Contract;
using Xunit;

namespace WinMmf.PowerShell.Tests.Package;

/// <summary>WinMmf.Core as a NuGet package.</summary>
public sealed class CorePackageTests
{
    private const string Id = "WinMmf.Core";

    [SkippableFact]
    public void It_holds_both_builds_with_their_documentation_and_depends_on_nothing()
    {
        PackedFiles.Require();
        string package = PackedFiles.Single(Id + ".", ".nupkg");
        Assert.Equal(
            ["README.md", "lib/net8.0/WinMmf.Core.dll", "lib/net8.0/WinMmf.Core.xml", "lib/netstandard2.0/WinMmf.Core.dll", "lib/netstandard2.0/WinMmf.Core.xml"],
            PackedFiles.Entries(package).Where(path => !PackedFiles.IsNuGets(path)));
        XElement metadata = PackedFiles.Metadata(package, Id);
        XNamespace space = metadata.Name.Namespace;
        Assert.Equal("MIT", metadata.Element(space + "license")!.Value);
        Assert.Equal("README.md", metadata.Element(space + "readme")!.Value);
        Assert.Empty(metadata.Descendants(space + "dependency"));
        Assert.Equal(2, metadata.Descendants(space + "group").Count());
    }

    [SkippableFact]
    public void Its_symbols_come_with_it()
    {
        PackedFiles.Require();
        Assert.Equal(
            ["lib/net8.0/WinMmf.Core.pdb", "lib/netstandard2.0/WinMmf.Core.pdb"],
            PackedFiles.Entries(PackedFiles.Single(Id + ".", ".snupkg")).Where(path => !PackedFiles.IsNuGets(path)));
    }

    [SkippableTheory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void Nothing_in_it_knows_where_it_was_built(string framework)
    {
        PackedFiles.Require();
        byte[] folder = Encoding.UTF8.GetBytes(Repository.FullPath().TrimEnd('/', '\\'));
        byte[] assembly = PackedFiles.Entry(PackedFiles.Single(Id + ".", ".nupkg"), $"lib/{framework}/WinMmf.Core.dll");
        byte[] symbols = PackedFiles.Entry(PackedFiles.Single(Id + ".", ".snupkg"), $"lib/{framework}/WinMmf.Core.pdb");
        Assert.True(assembly.AsSpan().IndexOf(folder) < 0, "the assembly does");
        Assert.True(symbols.AsSpan().IndexOf(folder) < 0, "the symbols do");
    }
}
