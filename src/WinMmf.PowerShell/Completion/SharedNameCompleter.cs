using System.Collections.Generic;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the names of what exists on this machine; not with what killed processes left.</summary>
public sealed class SharedNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (SharedName name in SharedMemoryCatalogue.ListNames(scope))
        {
            if (IsMatch(name.Name, word)
                && SharedMemoryCatalogue.Look(name) is SharedMemoryReport { Kind: not SharedMemoryKind.Leftover } report)
                yield return new(name.Name, Tooltip.For(report));
        }
    }
}
