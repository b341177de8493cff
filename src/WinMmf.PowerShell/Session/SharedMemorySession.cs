using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Session;

/// <summary>
/// The memories and locks that one PowerShell session (runspace) holds. They end with <see cref="SharedMemory.Dispose"/>, with
/// Close-SharedMemory, with the module's removal, or with the session.
/// </summary>
internal sealed class SharedMemorySession : IDisposable
{
    private static readonly ConditionalWeakTable<Runspace, SharedMemorySession> Sessions = new();

    private readonly object _lock = new();
    private readonly List<SharedMemory> _held = [];
    private readonly List<HeldLock> _locks = [];

    /// <summary>The session of the pipeline that runs on this thread.</summary>
    public static SharedMemorySession Current => Sessions.GetValue(Runspace.DefaultRunspace, Begin);

    /// <summary>
    /// Who owns the session's locks: each runspace is an owner of its own, so that jobs and parallel blocks exclude each other.
    /// </summary>
    public LockOwner Owner { get; } = new();

    /// <summary>What the session holds, oldest first.</summary>
    public IReadOnlyList<SharedMemory> List()
    {
        lock (_lock)
            return _held.ToArray();
    }

    /// <summary>What the session holds under a name, or under names that match a pattern.</summary>
    /// <exception cref="WinMmfException">NotFound for a name that is no pattern.</exception>
    public IReadOnlyList<SharedMemory> Find(Target target)
    {
        List<SharedMemory> found = [];
        foreach (SharedMemory memory in List())
        {
            if (target.IsMatch(memory.Name, memory.Memory.Scope))
                found.Add(memory);
        }

        return found.Count > 0 || target.IsPattern
            ? found
            : throw new WinMmfException(WinMmfErrorId.NotHeld,
                $"This session holds no memory '{target.Name}'{(target.Scope is null ? "" : $" in the {target.Scope} scope")}.",
                target.ToFacts());
    }

    /// <summary>The locks that the session has, oldest first.</summary>
    public IReadOnlyList<HeldLock> ListLocks()
    {
        lock (_lock)
            return _locks.ToArray();
    }

    /// <summary>The session's lock on a memory; null if it has none.</summary>
    public HeldLock? FindLock(SharedName name)
    {
        foreach (HeldLock held in ListLocks())
        {
            if (held.IsHeld && held.Memory == name)
                return held;
        }

        return null;
    }

    /// <summary>True if the session has the lock of a memory that is meant.</summary>
    public bool HasLock(Target target)
    {
        foreach (HeldLock held in ListLocks())
        {
            if (target.IsMatch(held.Name, held.Memory.Scope))
                return true;
        }

        return false;
    }

    /// <summary>The session's locks on memories of a name, or of names that match a pattern.</summary>
    /// <exception cref="WinMmfException">NotLocked for a name that is no pattern.</exception>
    public IReadOnlyList<HeldLock> FindLocks(Target target)
    {
        List<HeldLock> found = [];
        foreach (HeldLock held in ListLocks())
        {
            if (target.IsMatch(held.Name, held.Memory.Scope))
                found.Add(held);
        }

        return found.Count > 0 || target.IsPattern
            ? found
            : throw new WinMmfException(
                WinMmfErrorId.NotLocked, $"This session does not have the lock of '{target.Name}'.", target.ToFacts());
    }

    public void Add(HeldLock held)
    {
        lock (_lock)
            _locks.Add(held);
    }

    public void Remove(HeldLock held)
    {
        lock (_lock)
            _locks.Remove(held);
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

    /// <summary>Closes everything.</summary>
    public void Dispose()
    {
        // Locks first: others wait for them.
        foreach (HeldLock held in ListLocks())
            held.Dispose();
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
