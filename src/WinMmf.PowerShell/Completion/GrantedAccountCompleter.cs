using System.Collections.Generic;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the accounts that were granted something on what -Name names, or on anything where it names nothing.</summary>
public sealed class GrantedAccountCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (SharedName name in WinMmf.Management.Catalogue.SharedMemoryCatalogue.ListNames(scope))
        {
            if (!IsNamed(name.Name) || MemoryAccess.Read(name) is not AccessReport report)
                continue;
            foreach (AccessEntry entry in report.Main.Entries)
            {
                if (entry.IsAllowed && entry.Id != report.Main.OwnerId && IsMatch(entry.Account, word))
                    yield return new(entry.Account, $"{entry.Id}: {entry.Right} on {name}");
            }
        }
    }
}
