using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace WinMmf.ArchitectureTests;

/// <summary>The texts that people write here: code, tests, models, scripts and pages.</summary>
internal static partial class RepositoryText
{
    private static readonly string[] Folders = [".ci", ".github", "docs", "module", "src", "tests"];
    private static readonly string[] Endings = [".cs", ".pml", ".c", ".h", ".md", ".ps1", ".psd1", ".sh", ".yml", ".csproj", ".proj", ""];

    /// <summary>
    /// All files, as paths from the root of the repository with slashes. Nothing that a build makes, and not the test with wrong
    /// references on purpose.
    /// </summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.GetFiles(Repository.FullPath()).Where(HasText).Select(FromRoot),
        .. Folders.SelectMany(folder => Under(Repository.FullPath(folder))),
    ];

    /// <summary>A file as it is.</summary>
    public static string Read(string path) => File.ReadAllText(Repository.FullPath(path)).ReplaceLineEndings("\n");

    /// <summary>
    /// A file as one line: line ends with the marks of comments are blanks, so that a reference may go over a line's end.
    /// </summary>
    public static string ReadJoined(string path) => LineEnd().Replace(Read(path), " ");

    private static IEnumerable<string> Under(string folder) =>
        Directory.GetFiles(folder).Where(HasText).Select(FromRoot)
            .Where(file => !file.EndsWith("/ReferenceTests.cs", StringComparison.Ordinal))
            .Concat(Directory.GetDirectories(folder).Where(inner => Path.GetFileName(inner) is not ("bin" or "obj")).SelectMany(Under));

    private static bool HasText(string file) => Endings.Contains(Path.GetExtension(file), StringComparer.Ordinal);

    private static string FromRoot(string file) => Path.GetRelativePath(Repository.FullPath(), file).Replace('\\', '/');

    [GeneratedRegex(@"\n[ \t]*(?:///?|\*|#)?[ \t]*")]
    private static partial Regex LineEnd();
}
