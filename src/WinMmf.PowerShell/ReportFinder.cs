using System.Collections.Generic;
using WinMmf.Diagnostics;
using WinMmf.Frames;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

/// <summary>Finds what bears a name, or names that match a pattern.</summary>
internal static class ReportFinder
{
    /// <summary>Everything that matches, in order of names. Looks at each only when it is asked for.</summary>
    /// <param name="filter">The name or pattern.</param>
    /// <param name="scope">Where to look; null: in both.</param>
    /// <exception cref="WinMmfException">InvalidName; NotFound for a name that is no pattern and is nowhere.</exception>
    public static IEnumerable<SharedMemoryReport> Find(NameFilter filter, NameScope? scope)
    {
        bool found = false;
        foreach (SharedName name in filter.IsPattern ? Matching(filter, scope) : Exactly(filter.Name, scope))
        {
            SharedMemoryReport? report = SharedMemoryCatalogue.Look(name);
            if (report is null)
                continue;
            found = true;
            yield return report;
        }

        if (!found && !filter.IsPattern)
        {
            string where = scope is null ? "exists neither in the Local nor in the Global scope" : $"does not exist in the {scope} scope";
            throw new WinMmfException(WinMmfErrorId.NotFound, $"'{filter.Name}' {where}. Get-SharedMemoryInfo lists what there is.");
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

    private static IEnumerable<SharedName> Exactly(string name, NameScope? scope) =>
        scope is NameScope one ? [new SharedName(name, one)] : [new SharedName(name, NameScope.Local), new SharedName(name, NameScope.Global)];
}
