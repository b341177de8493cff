using System;
using System.Collections.Generic;
using WinMmf.Memory;

namespace WinMmf.Platform.Windows;

/// <summary>
/// Names found in the kernel's object directories: sections that have a registry or a list of holders beside them.
/// In session 0 (services) <c>Local\</c> and <c>Global\</c> are one directory; its names count as Global there, because
/// that is how every other session calls them, and the Local list is empty.
/// </summary>
internal sealed class WindowsNameCatalogue : INameCatalogue
{
    /// <inheritdoc/>
    public IReadOnlyList<SharedName> List(NameScope scope)
    {
        string? directory = FindDirectory(scope);
        HashSet<string> sections = directory is null ? new(StringComparer.Ordinal) : ReadSections(directory);
        List<SharedName> names = new();
        foreach (string section in sections)
        {
            bool isOurs = sections.Contains(section + SharedName.RegistrySuffix) || sections.Contains(section + SharedName.HoldersSuffix);
            if (isOurs && SharedName.FindFault(section) is null)
                names.Add(new SharedName(section, scope));
        }

        names.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return names;
    }

    private static string? FindDirectory(NameScope scope) =>
        scope == NameScope.Local && WindowsObjectDirectory.CurrentSession == 0 ? null : WindowsObjectDirectory.PathOf(scope);

    private static HashSet<string> ReadSections(string path)
    {
        HashSet<string> sections = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> entry in WindowsObjectDirectory.List(path))
        {
            if (entry.Value == WindowsObjectDirectory.SectionType)
                sections.Add(entry.Key);
        }

        return sections;
    }
}
