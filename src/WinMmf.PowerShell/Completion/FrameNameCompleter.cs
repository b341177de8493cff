using System.Collections.Generic;
using WinMmf.Management.Catalogue;
using WinMmf.Names;
using WinMmf.PowerShell.Commands;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the names of channels; with -Layout WinMmf, of plain memories.</summary>
public sealed class FrameNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        SharedMemoryKind kind = IsGiven("Layout", SharedFrameLayout.WinMmf) ? SharedMemoryKind.Memory : SharedMemoryKind.FrameChannel;
        foreach (SharedName name in SharedMemoryCatalogue.ListNames(scope))
        {
            if (IsMatch(name.Name, word) && SharedMemoryCatalogue.Look(name) is SharedMemoryReport report && report.Kind == kind)
                yield return new(name.Name, Tooltip.For(report));
        }
    }
}
