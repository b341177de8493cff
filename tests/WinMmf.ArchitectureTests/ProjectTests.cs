using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Mono.Cecil;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>The projects refer to one another as docs/architecture.md draws it.</summary>
public sealed class ProjectTests
{
    private static readonly Drawing Drawing = Drawing.Read();

    public static TheoryData<string> Drawn => [.. Drawing.Projects.Keys];

    [Fact]
    public void Every_project_with_code_is_drawn() => Assert.Equal(
        Directory.EnumerateDirectories(Repository.FullPath("src"))
            .Select(path => Path.GetFileName(path)!).Where(project => Repository.Sources(project).Any()).Order(),
        Drawing.Projects.Keys.Select(name => "WinMmf." + name).Order());

    [Theory]
    [MemberData(nameof(Drawn))]
    public void A_project_refers_to_what_is_drawn_and_to_no_other(string name)
    {
        XDocument project = XDocument.Load(Repository.FullPath("src", "WinMmf." + name, $"WinMmf.{name}.csproj"));
        IEnumerable<string> references = project.Descendants("ProjectReference")
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(
                reference.Attribute("Include")!.Value.Replace('\\', '/'))["WinMmf.".Length..]);
        Assert.Equal(Drawing.Projects[name].Order(), references.Order());
    }

    [Theory]
    [MemberData(nameof(Drawn))]
    public void Its_assembly_uses_no_other_project_either(string name)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Repository.Assembly("WinMmf." + name));
        Assert.All(
            assembly.MainModule.AssemblyReferences.Where(
                reference => reference.Name.StartsWith("WinMmf.", System.StringComparison.Ordinal)),
            reference => Assert.Contains(reference.Name["WinMmf.".Length..], Drawing.Projects[name]));
    }
}
