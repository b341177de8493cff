using System.Collections.Generic;
using WinMmf.Access;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes whose a name is: the owners of what -Name names, or of all there is where it names nothing.</summary>
public sealed class OwnerCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (SharedName name in SharedMemoryCatalogue.ListNames(scope))
        {
            if (IsNamed(name.Name) && MemoryAccess.Read(name) is AccessReport report
                && report.Main.OwnerId.Length > 0 && IsMatch(report.Main.Owner, word))
            {
                yield return new(report.Main.Owner, $"Owner of {name}");
            }
        }
    }
}
