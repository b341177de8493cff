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

    /// <summary>The assembly of a project, as it was built for these tests.</summary>
    public static string Assembly(string project) =>
        Path.Combine(Path.GetDirectoryName(typeof(Repository).Assembly.Location)!, project + ".dll");
}
