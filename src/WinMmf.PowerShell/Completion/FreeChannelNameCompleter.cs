using System.Collections.Generic;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>
/// Completes with the names of channels whose publisher has ended: a new one takes them over. With -Force, of all channels.
/// </summary>
public sealed class FreeChannelNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        bool isAny = IsSwitchedOn("Force");
        foreach (SharedName name in SharedMemoryCatalogue.ListNames(scope))
        {
            if (!IsMatch(name.Name, word) || SharedMemoryCatalogue.Look(name) is not { Channel: ChannelReport channel } report)
                continue;
            if (isAny || channel.State is ChannelState.Dead or ChannelState.Stopped or ChannelState.Failed)
                yield return new(name.Name, Tooltip.For(report));
        }
    }
}
