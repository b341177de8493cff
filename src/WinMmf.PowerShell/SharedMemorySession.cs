using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using WinMmf.Diagnostics;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

/// <summary>
/// The memories that one PowerShell session (runspace) holds. They end with <see cref="SharedMemory.Dispose"/>, with
/// Close-SharedMemory, with the module's removal, or with the session.
/// </summary>
internal sealed class SharedMemorySession : IDisposable
{
    private static readonly ConditionalWeakTable<Runspace, SharedMemorySession> Sessions = new();

    private readonly object _lock = new();
    private readonly List<SharedMemory> _held = [];

    /// <summary>The session of the pipeline that runs on this thread.</summary>
    public static SharedMemorySession Current => Sessions.GetValue(Runspace.DefaultRunspace, Begin);

    /// <summary>What the session holds, oldest first.</summary>
    public IReadOnlyList<SharedMemory> List()
    {
        lock (_lock)
            return _held.ToArray();
    }

    /// <summary>What the session holds under a name, or under names that match a pattern.</summary>
    /// <exception cref="WinMmfException">NotFound for a name that is no pattern.</exception>
    public IReadOnlyList<SharedMemory> Find(NameFilter filter, NameScope? scope)
    {
        List<SharedMemory> found = [];
        foreach (SharedMemory memory in List())
        {
            if (filter.IsMatch(memory.Name) && (scope is null || scope == memory.Scope))
                found.Add(memory);
        }

        return found.Count > 0 || filter.IsPattern
            ? found
            : throw new WinMmfException(WinMmfErrorId.NotFound, $"This session holds no memory '{filter.Name}'{(scope is null ? "" : $" in the {scope} scope")}. Get-SharedMemory lists what it holds, Get-SharedMemoryInfo what there is.");
    }

    public void Add(SharedMemory memory)
    {
        lock (_lock)
            _held.Add(memory);
    }

    public void Remove(SharedMemory memory)
    {
        lock (_lock)
            _held.Remove(memory);
    }

    /// <summary>Lets go of everything.</summary>
    public void Dispose()
    {
        foreach (SharedMemory memory in List())
            memory.Dispose();
    }

    private static SharedMemorySession Begin(Runspace runspace)
    {
        SharedMemorySession session = new();
        runspace.StateChanged += (_, change) =>
        {
            // The process may outlive the runspace, and a process that just ends leaves files behind on Linux.
            if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
                session.Dispose();
        };
        return session;
    }
}
