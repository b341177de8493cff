using System.IO;
using System.Linq;
using System.Reflection;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>Files of the repository that the contract speaks of.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    public static string FullPath(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(FullPath(parts)).ReplaceLineEndings("\n");
}
