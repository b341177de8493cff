using System.IO;
using System.Linq;
using System.Reflection;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>Files of the repository that the contract speaks of.</summary>
internal static class Repository
{
    private static readonly string Root = Metadata("RepositoryRoot");

    /// <summary>Where the build puts the ready module.</summary>
    public static string ModuleDirectory { get; } = Metadata("ModuleDirectory");

    public static string FullPath(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(FullPath(parts)).ReplaceLineEndings("\n");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
