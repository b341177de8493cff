using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.PowerShell.Commands;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>A file's name tells its folder.</summary>
public sealed class HouseTests
{
    private static readonly string Source = Repository.FullPath("src", "WinMmf.PowerShell");

    public static TheoryData<string> Names => CmdletTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_cmdlet_has_a_file_of_its_own_in_Commands(string name)
    {
        string file = Path.Combine(Source, "Commands", CmdletContract.Find(name).Type.Name + ".cs");
        Assert.Equal(1, Regex.Count(File.ReadAllText(file), @"(?m)^\[Cmdlet\("));
    }

    [Fact]
    public void A_namespace_is_a_folder() => Assert.All(
        Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Source, file)).Where(IsSource),
        file =>
        {
            string expected = "WinMmf.PowerShell." + Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '.');
            Assert.Contains($"namespace {expected};", File.ReadAllText(Path.Combine(Source, file)));
        });

    [Fact]
    public void No_public_name_means_two_types()
    {
        IEnumerable<Type> types = new[] { typeof(WinMmfCommand), typeof(WinMmfException), typeof(SharedMemoryReport) }
            .Select(type => type.Assembly)
            .Distinct()
            .SelectMany(assembly => assembly.GetExportedTypes());
        Assert.Empty(types.GroupBy(type => type.Name).Where(group => group.Count() > 1).Select(group => string.Join(", ", group)));
    }

    private static bool IsSource(string file) =>
        !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal);
}
