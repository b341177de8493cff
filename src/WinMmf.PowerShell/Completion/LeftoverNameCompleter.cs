using System.Collections.Generic;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the names of what killed processes left.</summary>
public sealed class LeftoverNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (SharedName name in SharedMemoryCatalogue.ListNames(scope))
        {
            if (IsMatch(name.Name, word) && SharedMemoryCatalogue.Look(name) is { Kind: SharedMemoryKind.Leftover } report)
                yield return new(name.Name, Tooltip.For(report));
        }
    }
}
