using System.Collections.Generic;
using WinMmf.Diagnostics;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

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
