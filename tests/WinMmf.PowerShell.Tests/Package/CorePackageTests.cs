using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using WinMmf.PowerShell.Tests.Contract;
using Xunit;

namespace WinMmf.PowerShell.Tests.Package;

/// <summary>WinMmf.Core as a NuGet package.</summary>
public sealed class CorePackageTests
{
    private const string Id = "WinMmf.Core";

    // Kinds of custom debug information in portable symbols.
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [SkippableFact]
    public void It_holds_both_builds_with_their_documentation_and_depends_on_nothing()
    {
        PackedFiles.Require();
        string package = PackedFiles.Single(Id + ".", ".nupkg");
        Assert.Equal(
            ["README.md", "lib/net8.0/WinMmf.Core.dll", "lib/net8.0/WinMmf.Core.xml", "lib/netstandard2.0/WinMmf.Core.dll",
                "lib/netstandard2.0/WinMmf.Core.xml"],
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

    [SkippableTheory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void Its_symbols_lead_to_every_source(string framework)
    {
        PackedFiles.Require();
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(
            new MemoryStream(PackedFiles.Entry(PackedFiles.Single(Id + ".", ".snupkg"), $"lib/{framework}/WinMmf.Core.pdb")));
        MetadataReader symbols = provider.GetMetadataReader();
        bool linked = Informs(symbols, EntityHandle.ModuleDefinition, SourceLink);
        Assert.NotEmpty(symbols.Documents);
        Assert.All(symbols.Documents, document =>
            Assert.True(linked || Informs(symbols, document, EmbeddedSource), symbols.GetString(symbols.GetDocument(document).Name)));
    }

    [SkippableFact]
    public void It_has_the_version_of_the_assembly_in_it()
    {
        PackedFiles.Require();
        string package = PackedFiles.Single(Id + ".", ".nupkg");
        XElement metadata = PackedFiles.Metadata(package, Id);
        using PEReader image = new(new MemoryStream(PackedFiles.Entry(package, "lib/netstandard2.0/WinMmf.Core.dll")));
        MetadataReader assembly = image.GetMetadataReader();
        Version version = assembly.GetAssemblyDefinition().Version;
        Assert.StartsWith(
            $"{version.Major}.{version.Minor}.", metadata.Element(metadata.Name.Namespace + "version")!.Value, StringComparison.Ordinal);
    }

    private static bool Informs(MetadataReader symbols, EntityHandle of, Guid kind) => symbols.GetCustomDebugInformation(of)
        .Any(handle => symbols.GetGuid(symbols.GetCustomDebugInformation(handle).Kind) == kind);
}
