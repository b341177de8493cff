using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Which file has which name (protocol section 1).</summary>
internal sealed class LinuxDirectory
{
    /// <summary>What the file names of every user's Local scope begin with; the user's number and a dot follow.</summary>
    public const string LocalPrefix = "winmmf-";

    private const string GlobalPrefix = "winmmf.";

    public LinuxDirectory(string path) => Path = path;

    /// <summary>The directory of shared memory.</summary>
    public string Path { get; }

    /// <summary>What the file names of a scope begin with; Local is this user's.</summary>
    public static string Prefix(NameScope scope) => Prefix(scope, Libc.GetEffectiveUserId());

    /// <summary>What the file names of a scope begin with for a user.</summary>
    public static string Prefix(NameScope scope, uint userId) => scope == NameScope.Global
        ? GlobalPrefix
        : LocalPrefix + userId.ToString(CultureInfo.InvariantCulture) + ".";

    /// <summary>The file with a name.</summary>
    public string PathOf(SharedName name)
    {
        string prefix = name.IsForeign ? "" : Prefix(name.Scope, name.Whose ?? Libc.GetEffectiveUserId());
        return Path + "/" + prefix + name.Name;
    }

    /// <summary>The companion of a plain memory.</summary>
    public string CompanionOf(SharedName name) => PathOf(name) + SharedName.HoldersSuffix;

    /// <summary>The names of all files that begin with a text; empty if the directory cannot be listed.</summary>
    public List<string> FindFiles(string start) => TryFindFiles(start, out List<string> files) ? files : [];

    /// <summary>The names of all files that begin with a text; false if the directory cannot be listed.</summary>
    public bool TryFindFiles(string start, out List<string> files)
    {
        files = new List<string>();
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(Path))
            {
                string file = System.IO.Path.GetFileName(path);
                if (file.StartsWith(start, StringComparison.Ordinal))
                    files.Add(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return true;
    }
}
