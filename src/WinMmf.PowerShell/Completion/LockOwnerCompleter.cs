using System.Collections.Generic;
using WinMmf.Locking;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Locks;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the dead owners of the locks that -Name names, or of all locks where it names nothing.</summary>
public sealed class LockOwnerCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (SharedName name in SharedMemoryCatalogue.ListNames(scope))
        {
            if (!IsNamed(name.Name) || SharedMemoryCatalogue.Look(name) is not { Kind: SharedMemoryKind.Memory })
                continue;
            foreach (LockParty owner in LockInspector.Inspect(name.Name, name.Scope).Owners)
            {
                if (!owner.IsAlive && IsMatch(owner.OwnerId, word))
                    yield return new(owner.OwnerId, $"{name}: {owner}");
            }
        }
    }
}
