using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace WinMmf.ArchitectureTests;

/// <summary>Files of the repository, and the assemblies that were built from it.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RepositoryRoot").Value!;

    public static string FullPath(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The source files of a project below src, without what a build generates.</summary>
    public static IEnumerable<string> Sources(string project)
    {
        string root = FullPath("src", project);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(root, file).Split('/', '\\')[0] is not ("bin" or "obj"));
    }

    /// <summary>The assembly of a project, as it was built for these tests.</summary>
    public static string Assembly(string project) =>
        Path.Combine(Path.GetDirectoryName(typeof(Repository).Assembly.Location)!, project + ".dll");
}
