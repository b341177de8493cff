using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell;

/// <summary>Finds what bears a name, or names that match a pattern.</summary>
internal static class ReportFinder
{
    /// <summary>Everything that matches, in order of names. Looks at each only when it is asked for.</summary>
    /// <param name="filter">The name or pattern.</param>
    /// <param name="scope">Where to look; null: in both.</param>
    /// <param name="foreign">Which memories of other programs to find as well.</param>
    /// <exception cref="WinMmfException">InvalidName; NotFound for a name that is no pattern and is nowhere.</exception>
    public static IEnumerable<SharedMemoryReport> Find(NameFilter filter, NameScope? scope, ForeignNames foreign = ForeignNames.None)
    {
        bool found = false;
        IReadOnlyList<SharedName> others = foreign == ForeignNames.All || (foreign == ForeignNames.Exact && !filter.IsPattern) ? MatchingForeign(filter, scope) : [];
        foreach (SharedName name in filter.IsPattern ? Matching(filter, scope) : Exactly(filter.Name, scope, mayBeForeign: others.Count > 0))
        {
            SharedMemoryReport? report = IsForeign(name, others) ? null : SharedMemoryCatalogue.Look(name);
            if (report is null)
                continue;
            found = true;
            yield return report;
        }

        foreach (SharedName name in others)
        {
            if (SharedMemoryCatalogue.Look(name) is not SharedMemoryReport report)
                continue;
            found = true;
            yield return report;
        }

        if (!found && !filter.IsPattern)
        {
            string where = scope is null ? "exists neither in the Local nor in the Global scope" : $"does not exist in the {scope} scope";
            throw new WinMmfException(WinMmfErrorId.NotFound, $"'{filter.Name}' {where}. Get-SharedMemoryInfo lists what there is.", WinMmfException.NoSuchObject);
        }
    }

    /// <summary>The channels among what matches.</summary>
    /// <param name="filter">The name or pattern.</param>
    /// <param name="scope">Where to look; null: in both.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, NotFound; for a name that is no pattern also NotAChannel, and why it cannot be read.
    /// </exception>
    public static IEnumerable<ChannelReport> FindChannels(NameFilter filter, NameScope? scope)
    {
        foreach (SharedMemoryReport report in Find(filter, scope))
        {
            if (report.Channel is not null)
                yield return report.Channel;
            else if (!filter.IsPattern)
                throw report.Error ?? new WinMmfException(WinMmfErrorId.NotAChannel, $"{report.Name} is no frame channel, so it has no publisher. Get-SharedMemoryInfo shows what it is.");
        }
    }

    private static IEnumerable<SharedName> Matching(NameFilter filter, NameScope? scope)
    {
        foreach (SharedName name in SharedMemoryCatalogue.ListNames(scope))
        {
            if (filter.IsMatch(name.Name))
                yield return name;
        }
    }

    private static List<SharedName> MatchingForeign(NameFilter filter, NameScope? scope)
    {
        List<SharedName> names = [];
        foreach (SharedName name in SharedMemoryCatalogue.ListForeignNames(scope))
        {
            if (filter.IsMatch(name.Name))
                names.Add(name);
        }

        return names;
    }

    /// <summary>On Windows ours and theirs have the same name space: what is listed as theirs is not to be shown twice.</summary>
    private static bool IsForeign(SharedName name, IReadOnlyList<SharedName> others)
    {
        bool isThere = false;
        foreach (SharedName other in others)
            isThere |= other.Name == name.Name && other.Scope == name.Scope;
        if (!isThere)
            return false;
        foreach (SharedName ours in SharedMemoryCatalogue.ListNames(name.Scope))
        {
            if (ours == name)
                return false;
        }

        return true;
    }

    private static IEnumerable<SharedName> Exactly(string name, NameScope? scope, bool mayBeForeign)
    {
        // What another program named as it liked need be no name for us.
        if (mayBeForeign && SharedName.FindFault(name) is not null)
            return [];
        return scope is NameScope one ? [new SharedName(name, one)] : [new SharedName(name, NameScope.Local), new SharedName(name, NameScope.Global)];
    }
}
