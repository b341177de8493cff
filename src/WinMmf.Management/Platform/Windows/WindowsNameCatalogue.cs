using System;
using System.Collections.Generic;
using WinMmf.Names;
using WinMmf.Platform.Windows;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// Names found in the kernel's object directories: sections that have a registry or a list of holders beside them are ours, the
/// others foreign. In session 0 (services) <c>Local\</c> and <c>Global\</c> are one directory; its names count as Global there, because
/// that is how every other session calls them, and the Local list is empty.
/// </summary>
internal sealed class WindowsNameCatalogue : INameCatalogue
{
    /// <inheritdoc/>
    public IReadOnlyList<SharedName> List(NameScope scope)
    {
        HashSet<string> sections = ListSections(scope);
        List<SharedName> names = new();
        foreach (string section in sections)
        {
            if (IsOurs(sections, section) && SharedName.FindFault(section) is null)
                names.Add(new SharedName(section, scope));
        }

        Sort(names);
        return names;
    }

    /// <inheritdoc/>
    public IReadOnlyList<SharedName> ListForeign(NameScope scope)
    {
        HashSet<string> sections = ListSections(scope);
        List<SharedName> names = new();
        foreach (string section in sections)
        {
            if (!IsOurs(sections, section) && !IsPart(sections, section))
                names.Add(SharedName.Foreign(section, scope));
        }

        Sort(names);
        return names;
    }

    /// <inheritdoc/>
    public ForeignSection? LookAtForeign(SharedName name) => WindowsForeignSection.TryLook(name);

    private static HashSet<string> ListSections(NameScope scope)
    {
        HashSet<string> sections = new(StringComparer.Ordinal);
        if (scope == NameScope.Local && WindowsObjectDirectory.CurrentSession == 0)
            return sections;
        foreach (KeyValuePair<string, string> entry in WindowsObjectDirectory.List(WindowsObjectDirectory.PathOf(scope)))
        {
            if (entry.Value == WindowsObjectDirectory.SectionType)
                sections.Add(entry.Key);
        }

        return sections;
    }

    private static bool IsOurs(HashSet<string> sections, string name) =>
        sections.Contains(name + SharedName.RegistrySuffix) || sections.Contains(name + SharedName.HoldersSuffix);

    private static bool IsPart(HashSet<string> sections, string name) =>
        SharedName.FindReservedSuffix(name) is string suffix && sections.Contains(name.Substring(0, name.Length - suffix.Length));

    private static void Sort(List<SharedName> names) => names.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
}
