using System.Collections.Generic;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Offers nothing for a name that must be new: every name that could be offered is taken.</summary>
public sealed class NewNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope) => [];
}
