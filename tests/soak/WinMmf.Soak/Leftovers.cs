using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace WinMmf.Soak;

/// <summary>What of a channel lies in /dev/shm: files with its name, and folders that it may have made.</summary>
internal sealed class Leftovers
{
    private const string SharedMemory = "/dev/shm";

    private readonly string _name;
    private readonly HashSet<string> _before;

    public Leftovers(string name)
    {
        _name = name;
        _before = List().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Names of files and folders that are left. A folder without an owner file may be anybody's, and so counts.</summary>
    public IReadOnlyList<string> Find() => List().Where(path => !_before.Contains(path) && IsOurs(path)).ToList();

    private static IEnumerable<string> List() =>
        OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries(SharedMemory, "winmmf*") : [];

    private bool IsOurs(string path)
    {
        if (Path.GetFileName(path).Contains(_name, StringComparison.Ordinal))
            return true;
        if (!Directory.Exists(path))
            return false;
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(path, "owner"))).Contains(_name, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return Directory.Exists(path);
        }
    }
}
