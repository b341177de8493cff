using System.Collections.Generic;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the names of frame channels.</summary>
public sealed class ChannelNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (SharedName name in SharedMemoryCatalogue.ListNames(scope))
        {
            if (IsMatch(name.Name, word) && SharedMemoryCatalogue.Look(name) is { Kind: SharedMemoryKind.FrameChannel } report)
                yield return new(name.Name, Tooltip.For(report));
        }
    }
}
