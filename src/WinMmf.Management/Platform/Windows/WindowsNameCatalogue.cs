using System;
using System.Collections.Generic;
using System.Globalization;
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
    private static readonly string[] Companions = [SharedName.RegistrySuffix, SharedName.HoldersSuffix];

    /// <inheritdoc/>
    public IReadOnlyList<SharedName> List(NameScope scope)
    {
        HashSet<string> sections = ListSections(scope);
        List<SharedName> names = new();
        foreach (string section in sections)
        {
            if (SharedName.FindFault(section) is null && IsOurs(scope, sections, section))
                names.Add(new SharedName(section, scope));
        }

        Sort(names);
        return names;
    }

    /// <inheritdoc/>
    public bool Exists(SharedName name)
    {
        HashSet<string> sections = ListSections(name.Scope);
        return sections.Contains(name.Name) && IsOurs(name.Scope, sections, name.Name);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SharedName> ListElsewhere()
    {
        List<SharedName> names = new();
        foreach (string entry in WindowsObjectDirectory.List(WindowsObjectDirectory.Sessions).Keys)
        {
            // The Local scope of session 0 is the Global one.
            if (!uint.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out uint session) || session == 0
                || session == WindowsObjectDirectory.CurrentSession)
                continue;
            HashSet<string> sections = ListSections(WindowsObjectDirectory.PathOf(session));
            foreach (string section in sections)
            {
                if (SharedName.FindFault(section) is null && Array.Exists(Companions, companion => sections.Contains(section + companion)))
                    names.Add(SharedName.Elsewhere(section, session));
            }
        }

        return names;
    }

    /// <inheritdoc/>
    public string DescribeElsewhere(uint whose) => $"session {whose.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public LeftoverSection? LookAtLeftover(SharedName name) => null;

    /// <inheritdoc/>
    public IReadOnlyList<SharedName> ListForeign(NameScope scope)
    {
        HashSet<string> sections = ListSections(scope);
        List<SharedName> names = new();
        foreach (string section in sections)
        {
            if (!IsOurs(scope, sections, section) && !IsPart(sections, section))
                names.Add(SharedName.Foreign(section, scope));
        }

        Sort(names);
        return names;
    }

    /// <inheritdoc/>
    public ForeignSection? LookAtForeign(SharedName name) => WindowsForeignSection.TryLook(name);

    private static HashSet<string> ListSections(NameScope scope)
    {
        bool isGlobalToo = scope == NameScope.Local && WindowsObjectDirectory.CurrentSession == 0;
        return isGlobalToo ? new HashSet<string>(StringComparer.Ordinal) : ListSections(WindowsObjectDirectory.PathOf(scope));
    }

    private static HashSet<string> ListSections(string directory)
    {
        HashSet<string> sections = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> entry in WindowsObjectDirectory.List(directory))
        {
            if (entry.Value == WindowsObjectDirectory.SectionType)
                sections.Add(entry.Key);
        }

        return sections;
    }

    /// <summary>Where the list does not show a companion it is asked for by name: it may have come while the list was made.</summary>
    private static bool IsOurs(NameScope scope, HashSet<string> sections, string name)
    {
        foreach (string companion in Companions)
        {
            if (sections.Contains(name + companion) || WindowsObjectDirectory.HasSection(scope, name, companion))
                return true;
        }

        return false;
    }

    private static bool IsPart(HashSet<string> sections, string name) =>
        SharedName.FindReservedSuffix(name) is string suffix && sections.Contains(name.Substring(0, name.Length - suffix.Length));

    private static void Sort(List<SharedName> names) => names.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
}
