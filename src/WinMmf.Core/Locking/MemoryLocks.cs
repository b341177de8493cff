using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Processes;

namespace WinMmf.Locking;

/// <summary>The locks of one mapping: opens the companion when it is first needed, and gives everything back in the end.</summary>
internal sealed class MemoryLocks : IDisposable
{
    private readonly ILockTableStore _tables;
    private readonly ILockable _memory;
    private readonly IOpenMemory? _section;
    private readonly object _gate = new();
    private readonly HashSet<SharedMemoryLock> _held = new();
    private LockTable? _table;
    private bool _opened;

    /// <param name="tables">Opens companions.</param>
    /// <param name="processes">Which process is which.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="section">What was opened of it, which the companion must belong to; null for a caller that only looks.</param>
    public MemoryLocks(ILockTableStore tables, IProcessProbe processes, ILockable memory, IOpenMemory? section)
    {
        _tables = tables;
        Processes = processes;
        _memory = memory;
        _section = section;
    }

    /// <summary>Turns that this mapping no longer gives way to.</summary>
    public LockTurns Turns { get; } = new();

    /// <summary>Opens companions.</summary>
    public ILockTableStore Tables => _tables;

    /// <summary>Opens the companion once more; null if there is none.</summary>
    public LockTable? OpenTable() => _tables.TryOpen(_memory.Name, _section, _memory.IsWritable);

    /// <summary>Which process is which, and whether it lives.</summary>
    public IProcessProbe Processes { get; }

    /// <summary>The companion; null for a memory that another program made.</summary>
    public LockTable? Table
    {
        get
        {
            lock (_gate)
            {
                if (!_opened)
                    _table = OpenTable();
                _opened = true;
                return _table;
            }
        }
    }

    public SuspectMark? Suspect => Table?.ReadSuspect();

    public SharedMemoryLock Acquire(LockMode mode, TimeSpan timeout, LockOwner owner, string label, CancellationToken cancellation)
    {
        if (mode is not (LockMode.Read or LockMode.Write))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"Lock mode {(int)mode} does not exist: there are Read and Write.");
        if (!_memory.IsWritable)
            throw new WinMmfException(WinMmfErrorId.MemoryReadOnly,
                $"{_memory.Name} was opened for reading only, and taking a lock, for reading too, writes to the memory.",
                _memory.Name.ToFacts() with { Operation = ErrorOperation.Lock });
        if (!LockReentrancy.TryEnter(_memory.Name, owner.Token))
            throw new WinMmfException(WinMmfErrorId.AlreadyLocked,
                $"This session already holds the lock of {_memory.Name}, or is taking it, and a lock is taken once.",
                _memory.Name.ToFacts());
        try
        {
            LockAcquirer acquirer = new(_memory, mode, owner, label, timeout, cancellation);
            SharedMemoryLock taken = acquirer.Acquire();
            lock (_gate)
                _held.Add(taken);
            HeldLocks.Add(taken);
            return taken;
        }
        catch
        {
            LockReentrancy.Leave(_memory.Name, owner.Token);
            throw;
        }
    }

    public void Forget(SharedMemoryLock given)
    {
        LockReentrancy.Leave(_memory.Name, given.Owner.Token);
        HeldLocks.Remove(given);
        lock (_gate)
            _held.Remove(given);
    }

    public void Dispose()
    {
        SharedMemoryLock[] held;
        lock (_gate)
        {
            held = new SharedMemoryLock[_held.Count];
            _held.CopyTo(held);
        }

        foreach (SharedMemoryLock one in held)
            one.Dispose();
        lock (_gate)
        {
            _opened = true;
            _table?.Dispose();
            _table = null;
        }
    }
}
