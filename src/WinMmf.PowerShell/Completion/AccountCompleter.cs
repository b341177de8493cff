using System.Collections.Generic;
using WinMmf.Access;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes an account: the words of every language, then accounts of this machine.</summary>
public sealed class AccountCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (KeyValuePair<string, string> known in AccountWords.All)
        {
            if (IsMatch(known.Key, word))
                yield return known;
        }

        foreach (KeyValuePair<string, string> account in MemoryAccess.ListAccounts())
        {
            if (IsMatch(account.Key, word))
                yield return account;
        }
    }
}
