using System.Collections.Generic;
using WinMmf.Memory;

namespace WinMmf.Platform.Linux;

/// <summary>Names by the files' names alone; nothing is opened.</summary>
internal sealed class LinuxNameCatalogue : INameCatalogue
{
    private readonly LinuxDirectory _files;

    public LinuxNameCatalogue(LinuxDirectory files) => _files = files;

    public IReadOnlyList<SharedName> List(NameScope scope)
    {
        string prefix = LinuxDirectory.Prefix(scope);
        HashSet<string> seen = new();
        List<SharedName> names = new();
        foreach (string file in _files.FindFiles(prefix))
        {
            string name = file.Substring(prefix.Length);
            string? suffix = SharedName.FindReservedSuffix(name);
            if (suffix is not null)
                name = name.Substring(0, name.Length - suffix.Length);

            // What is not valid UTF-8 was not made by us.
            if (SharedName.FindFault(name) is null && name.IndexOf('\uFFFD') < 0 && seen.Add(name))
                names.Add(new SharedName(name, scope));
        }

        return names;
    }
}
