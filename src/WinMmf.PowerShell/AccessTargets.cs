using System.Collections.Generic;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell;

/// <summary>Finds the live memories whose access is meant.</summary>
internal static class AccessTargets
{
    /// <summary>What matches, in order of names.</summary>
    /// <param name="filter">The name or pattern. A name may also be one that WinMmf did not make.</param>
    /// <param name="scope">Where to look; null: in both.</param>
    /// <exception cref="WinMmfException">InvalidName; NotFound for a name that is no pattern and is nowhere.</exception>
    public static List<AccessReport> Find(NameFilter filter, NameScope? scope)
    {
        List<AccessReport> found = [];
        foreach (SharedName name in filter.IsPattern ? SharedMemoryCatalogue.ListNames(scope) : Exactly(filter.Name, scope))
        {
            if ((!filter.IsPattern || filter.IsMatch(name.Name)) && MemoryAccess.Read(name) is AccessReport report)
                found.Add(report);
        }

        if (found.Count == 0 && !filter.IsPattern)
        {
            string where = scope is null ? "exists neither in the Local nor in the Global scope" : $"does not exist in the {scope} scope";
            throw new WinMmfException(WinMmfErrorId.NotFound, $"'{filter.Name}' {where}. Get-SharedMemoryInfo lists what there is.");
        }

        return found;
    }

    /// <summary>The names that an exact name may mean.</summary>
    public static IReadOnlyList<SharedName> Exactly(string name, NameScope? scope) =>
        scope is NameScope one ? [new SharedName(name, one)] : [new SharedName(name, NameScope.Local), new SharedName(name, NameScope.Global)];
}
