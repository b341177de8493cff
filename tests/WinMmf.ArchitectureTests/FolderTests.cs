using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>The folders of the core and of the administration use one another as docs/architecture.md draws it.</summary>
public sealed partial class FolderTests
{
    private const string Remedy =
        "docs/architecture.md does not allow this arrow. Put the code into the folder whose concern it is; or let the lower folder "
            + "declare an interface "
            + "that the upper one implements; or, if the arrow is right and the folder that is used stands above the other in the tables, "
            + "add "
            + "it there.";

    private static readonly string[] Projects = ["WinMmf.Core", "WinMmf.Management"];
    private static readonly Drawing Drawing = Drawing.Read();

    [Theory]
    [InlineData("WinMmf.Core", 500)]
    [InlineData("WinMmf.Management", 200)]
    public void Compiled_code_goes_along_the_arrows_only(string project, int least)
    {
        IReadOnlyList<Arrow> arrows = Arrows(project);
        Assert.True(arrows.Count > least, $"Only {arrows.Count} uses were found in {project}: the reader misses some.");
        AssertAllowed(arrows);
    }

    [Theory]
    [InlineData("WinMmf.Core", 200)]
    [InlineData("WinMmf.Management", 100)]
    public void Source_imports_along_the_arrows_only(string project, int least)
    {
        // The compiler copies constants, so that a use of one does not show in compiled code; its import does.
        List<Arrow> arrows = new();
        foreach (string file in Repository.Sources(project))
        {
            string from = Folder.ShortName(project) + "/"
                + Path.GetRelativePath(Repository.FullPath("src", project), Path.GetDirectoryName(file)!).Replace('\\', '/');
            foreach (Match match in Import().Matches(File.ReadAllText(file)))
            {
                string space = match.Groups[1].Value;
                string? to = space.StartsWith("WinMmf.Management.", StringComparison.Ordinal)
                    ? Folder.Of("WinMmf.Management", space)
                    : Folder.Of("WinMmf.Core", space);
                if (to is not null && to != from)
                    arrows.Add(new Arrow(from, to, Path.GetFileName(file), $"using {space}"));
            }
        }

        Assert.True(arrows.Count > least, $"Only {arrows.Count} imports were found in {project}.");
        AssertAllowed(arrows);
    }

    [Fact]
    public void Each_arrow_that_is_drawn_is_used_and_each_folder_exists()
    {
        HashSet<(string, string)> used = [.. Projects.SelectMany(Arrows).Select(arrow => (arrow.From, arrow.To))];
        Assert.All(Drawing.Rows, row => Assert.True(Directory.Exists(Repository.FullPath("src", "WinMmf." + row.Folder)),
            $"{row.Folder} is drawn in docs/architecture.md and does not exist. Take its row out."));
        Assert.All(Drawing.Rows, row => Assert.All(row.MayUse,
            to => Assert.True(
            used.Contains((row.Folder, to)), $"docs/architecture.md draws {row.Folder} -> {to}, which nothing uses. Take it out.")));
    }

    [Fact]
    public void Each_folder_is_drawn_once()
    {
        IEnumerable<string> folders = Projects.SelectMany(project => Repository.Sources(project)
            .Select(file => Folder.ShortName(project) + "/"
            + Path.GetRelativePath(Repository.FullPath("src", project), Path.GetDirectoryName(file)!).Replace('\\', '/')));
        Assert.Equal(
            folders.Distinct().Order(StringComparer.Ordinal), Drawing.Rows.Select(row => row.Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Arrows_point_down_so_there_is_no_cycle()
    {
        List<string> below = new();
        foreach (Drawing.Row row in Drawing.Rows)
        {
            Assert.All(row.MayUse, to => Assert.True(below.Contains(to),
                $"{row.Folder} -> {to}: in docs/architecture.md a folder uses rows above its own row only (the lowest folder comes "
                    + "first), so that there is no cycle."));
            below.Add(row.Folder);
        }
    }

    [Fact]
    public void Namespaces_are_named_like_their_folders()
    {
        List<string> wrong = new();
        foreach (string project in Projects.Append("WinMmf.Publisher"))
        {
            foreach (string file in Repository.Sources(project))
            {
                string folder = Path.GetRelativePath(Repository.FullPath("src", project), Path.GetDirectoryName(file)!);
                string expected = folder == "."
                    ? Folder.RootNamespace(project)
                    : Folder.RootNamespace(project) + "." + folder.Replace('\\', '.').Replace('/', '.');
                Match declared = Declaration().Match(File.ReadAllText(file));
                if (declared.Success && declared.Groups[1].Value != expected)
                    wrong.Add($"{project}/{folder}/{Path.GetFileName(file)} declares the namespace {declared.Groups[1].Value}; by its "
                        + $"folder it is {expected}.");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static IReadOnlyList<Arrow> Arrows(string project) =>
        new ArrowReader(static (assembly, space) => Projects.Contains(assembly) ? Folder.Of(assembly, space) : null)
            .Read(Repository.Assembly(project));

    private static void AssertAllowed(IReadOnlyList<Arrow> arrows)
    {
        List<IGrouping<(string, string), Arrow>> forbidden = arrows.Where(arrow => !Drawing.Allows(arrow))
            .GroupBy(arrow => (arrow.From, arrow.To)).ToList();
        Assert.True(forbidden.Count == 0, string.Join("\n", forbidden.Select(Describe).Append(Remedy)));
    }

    private static string Describe(IGrouping<(string From, string To), Arrow> arrows) =>
        $"{arrows.Key.From} -> {arrows.Key.To}:\n"
            + string.Join("\n", arrows.Take(10).Select(arrow => $"  {arrow.Member} uses {arrow.Target}"))
            + (arrows.Count() > 10 ? $"\n  … and {arrows.Count() - 10} more" : "");

    [GeneratedRegex(@"^using (?:static )?(WinMmf\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
