using System.Collections.Generic;
using WinMmf.Names;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the names of memories that this session holds.</summary>
public sealed class HeldNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (SharedMemory memory in SharedMemorySession.Current.List())
        {
            if (IsMatch(memory.Name, word) && (scope is null || scope == memory.Memory.Scope))
                yield return new(memory.Name, $"{memory}, {memory.Size} bytes, {(memory.IsReadOnly ? "read-only" : "read and write")}");
        }
    }
}
