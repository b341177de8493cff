using System.Collections.Generic;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the words for accounts that mean the same in every language of the system.</summary>
public sealed class ReadAccessCompleter : NameCompleter
{
    internal static readonly Dictionary<string, string> Words = new()
    {
        ["Users"] = "All signed-in users of this machine (on Linux: everyone)",
        ["Everyone"] = "Every account, guests included",
        ["Interactive"] = "Users at the machine's own screen or in a remote desktop",
        ["Administrators"] = "Administrators (on Linux: root)",
        ["System"] = "The operating system's own account",
    };

    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (KeyValuePair<string, string> candidate in Words)
        {
            if (IsMatch(candidate.Key, word))
                yield return candidate;
        }
    }
}
