using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace WinMmf.PowerShell.Tests.Package;

/// <summary>What the package task made, in the folder that WINMMF_PACKAGE names (tests/package/run sets it).</summary>
internal static class PackedFiles
{
    private static string? Root => Environment.GetEnvironmentVariable("WINMMF_PACKAGE");

    /// <summary>The module's folder as it is packed.</summary>
    public static string Module => Path.Combine(Root!, "module", "WinMmf");

    /// <summary>Skips a test where nothing was packed.</summary>
    public static void Require() =>
        Skip.If(string.IsNullOrEmpty(Root), "WINMMF_PACKAGE names no folder with packages; tests/package/run makes one.");

    /// <summary>The only package file of a form.</summary>
    public static string Single(string start, string end) => Directory.GetFiles(Root!).Single(file =>
        Path.GetFileName(file).StartsWith(start, StringComparison.Ordinal) && file.EndsWith(end, StringComparison.Ordinal)
            && char.IsAsciiDigit(Path.GetFileName(file)[start.Length]));

    /// <summary>Paths of the files under a folder, with slashes.</summary>
    public static SortedSet<string> Under(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')),
        StringComparer.Ordinal);

    /// <summary>Paths of the files in a zip.</summary>
    public static SortedSet<string> Entries(string zip)
    {
        using ZipArchive archive = ZipFile.OpenRead(zip);
        return new(archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).Select(entry => Uri.UnescapeDataString(entry.FullName)),
            StringComparer.Ordinal);
    }

    /// <summary>One file of a zip.</summary>
    public static byte[] Entry(string zip, string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(zip);
        using Stream stream = archive.GetEntry(name)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The metadata element of a package's nuspec.</summary>
    public static XElement Metadata(string package, string id)
    {
        using MemoryStream stream = new(Entry(package, id + ".nuspec"));
        return XDocument.Load(stream).Root!.Elements().Single();
    }

    /// <summary>Whatever NuGet adds to a package of its own.</summary>
    public static bool IsNuGets(string path) =>
        path.StartsWith("_rels/", StringComparison.Ordinal) || path.StartsWith("package/", StringComparison.Ordinal)
        || path.EndsWith(".nuspec", StringComparison.Ordinal) || path == "[Content_Types].xml";
}
