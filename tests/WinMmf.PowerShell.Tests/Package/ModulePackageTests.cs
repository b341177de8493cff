using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using WinMmf.PowerShell.Tests.Contract;
using Xunit;

namespace WinMmf.PowerShell.Tests.Package;

/// <summary>The package for PCs with nothing but Windows PowerShell 5.1.</summary>
public sealed class ModulePackageTests
{
    private static readonly string[] Programs = ["publisher/", "viewer/"];

    [SkippableFact]
    public void Beside_the_publisher_lie_the_modules_own_files_three_assemblies_and_no_other()
    {
        PackedFiles.Require();
        SortedSet<string> expected = PackedFiles.Under(Repository.FullPath("module"));
        expected.UnionWith(["WinMmf.PowerShell.dll", "WinMmf.Management.dll", "WinMmf.Core.dll", "LICENSE.txt", "install.md"]);
        Assert.Equal(expected, PackedFiles.Under(PackedFiles.Module)
            .Where(path => !Array.Exists(Programs, folder => path.StartsWith(folder, StringComparison.Ordinal))));
    }

    [SkippableTheory]
    [InlineData("WinMmf.Core.dll")]
    [InlineData("WinMmf.PowerShell.dll", "System.Management.Automation", "WinMmf.Core", "WinMmf.Management")]
    [InlineData("WinMmf.Management.dll", "WinMmf.Core")]
    public void Its_assemblies_need_only_what_windows_powershell_has(string file, params string[] others)
    {
        PackedFiles.Require();
        using FileStream stream = File.OpenRead(Path.Combine(PackedFiles.Module, file));
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        IEnumerable<string> references = metadata.AssemblyReferences.Select(
            handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        Assert.Equal([.. others, "netstandard"], references.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void The_publisher_brings_its_own_run_time_and_nothing_that_nobody_asked_for() =>
        BringsItsRunTime("publisher", "WinMmf.Publisher");

    [SkippableFact]
    public void So_does_the_viewer_with_its_web_server_and_its_picture_library()
    {
        SortedSet<string> files = BringsItsRunTime("viewer", "WinMmf.Viewer", "libSkiaSharp.dll");
        Assert.Contains("Microsoft.AspNetCore.Server.Kestrel.Core.dll", files);
        Assert.Contains("libSkiaSharp.dll", files);
    }

    private static SortedSet<string> BringsItsRunTime(string name, string program, params string[] others)
    {
        PackedFiles.Require();
        string folder = Path.Combine(PackedFiles.Module, name);
        SortedSet<string> expected =
            new([$"{program}.exe", $"{program}.dll", $"{program}.deps.json", $"{program}.runtimeconfig.json", .. others],
            StringComparer.Ordinal);
        using JsonDocument dependencies = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{program}.deps.json")));
        foreach (JsonProperty library in dependencies.RootElement.GetProperty("targets").EnumerateObject()
            .Single(target => target.Name.EndsWith("/win-x64", StringComparison.Ordinal)).Value.EnumerateObject())
        {
            foreach (string kind in new[] { "runtime", "native" })
            {
                if (library.Value.TryGetProperty(kind, out JsonElement files))
                    expected.UnionWith(files.EnumerateObject().Select(file => Path.GetFileName(file.Name)));
            }
        }

        Assert.Equal(expected, PackedFiles.Under(folder));
        Assert.Contains("coreclr.dll", expected);
        Assert.Contains("hostfxr.dll", expected);
        Assert.DoesNotContain(expected, file => file.Contains("OpenCv", StringComparison.OrdinalIgnoreCase));
        using JsonDocument configuration = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(folder, $"{program}.runtimeconfig.json")));
        Assert.True(configuration.RootElement.GetProperty("runtimeOptions").TryGetProperty("includedFrameworks", out _),
            "it asks for an installed run-time");
        return expected;
    }

    [SkippableFact]
    public void The_publisher_is_a_64_bit_windows_program()
    {
        PackedFiles.Require();
        using FileStream stream = File.OpenRead(Path.Combine(PackedFiles.Module, "publisher", "WinMmf.Publisher.exe"));
        using PEReader image = new(stream);
        Assert.Equal(Machine.Amd64, image.PEHeaders.CoffHeader.Machine);
        Assert.Equal(Subsystem.WindowsCui, image.PEHeaders.PEHeader!.Subsystem);
    }

    [SkippableFact]
    public void Zip_and_nupkg_hold_what_the_folder_holds()
    {
        PackedFiles.Require();
        SortedSet<string> folder = PackedFiles.Under(PackedFiles.Module);
        Assert.Equal(folder.Select(path => "WinMmf/" + path), PackedFiles.Entries(PackedFiles.Single("WinMmf-", ".zip")));
        Assert.Equal(folder, PackedFiles.Entries(PackedFiles.Single("WinMmf.", ".nupkg")).Where(path => !PackedFiles.IsNuGets(path)));
    }

    [SkippableFact]
    public void The_nupkg_is_a_module_that_depends_on_nothing()
    {
        PackedFiles.Require();
        XElement metadata = PackedFiles.Metadata(PackedFiles.Single("WinMmf.", ".nupkg"), "WinMmf");
        XNamespace space = metadata.Name.Namespace;
        Assert.Equal("WinMmf", metadata.Element(space + "id")!.Value);
        string version = ManifestVersion.Of(File.ReadAllText(Path.Combine(PackedFiles.Module, "WinMmf.psd1")));
        Assert.Equal(version, metadata.Element(space + "version")!.Value);
        Assert.Equal($"WinMmf-{version}.zip", Path.GetFileName(PackedFiles.Single("WinMmf-", ".zip")));
        Assert.Equal("MIT", metadata.Element(space + "license")!.Value);
        Assert.Contains("PSModule", metadata.Element(space + "tags")!.Value, StringComparison.Ordinal);
        Assert.Empty(metadata.Descendants(space + "dependency"));
    }
}
