using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Tests.Schedules;

/// <summary>A process of its own that uses the lock of a stepped memory, with the code that real ones use.</summary>
internal sealed unsafe class SteppedClient : ILockable, ILockTableStore, IProcessProbe
{
    private readonly SteppedLockMemory _memory;
    private readonly bool _windows;
    private readonly List<object> _tables = [];

    public SteppedClient(SteppedLockMemory memory, uint processId, bool windows)
    {
        _memory = memory;
        _windows = windows;
        Current = new ProcessIdentity(processId, processId * 1000, 1);
        Locks = new MemoryLocks(this, this, this, null);
    }

    public SharedName Name => SteppedLockMemory.Name;

    public bool IsWritable => true;

    public uint* WordAddress => null;

    public MemoryLocks Locks { get; }

    public ProcessIdentity Current { get; }

    public string CurrentAccount => "ann";

    public uint ReadWord()
    {
        _memory.Schedule.Step("reads the word");
        return _memory.Word;
    }

    public bool TryExchangeWord(uint from, uint to)
    {
        _memory.Schedule.Step($"exchanges the word: {from:X8} for {to:X8}");
        if (_memory.Word != from)
            return false;
        _memory.Exchange(to, Current.ProcessId);
        return true;
    }

    public void Pause(int milliseconds, CancellationToken cancellation)
    {
        if (!_memory.Schedule.IsOver)
            _memory.Schedule.Wait("pauses");
    }

    public bool ProvesThatAllAreDead(SharedName name) => false;

    public LockTable? TryOpen(SharedName name, IOpenMemory? memory, bool writable)
    {
        LockTable table = _windows ? new SteppedWindowsTable(_memory, this) : new SteppedLinuxTable(_memory, this);
        _tables.Add(table);
        return table;
    }

    public ProcessLiveness Probe(ProcessIdentity identity) =>
        _memory.Dead.Contains(identity.ProcessId) ? ProcessLiveness.Dead : ProcessLiveness.Alive;

    public string? FindProgramName(ProcessIdentity identity) => null;

    public ProcessEnd End(ProcessIdentity identity, string ownerId) => throw new NotSupportedException();

    /// <summary>What the kernel does when the process is gone.</summary>
    public void Die()
    {
        _memory.Dead.Add(Current.ProcessId);
        foreach (KeyValuePair<int, object> taken in new List<KeyValuePair<int, object>>(_memory.Locks))
        {
            if (_tables.Contains(taken.Value))
                _memory.Locks.Remove(taken.Key);
        }
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="mode">How.</param>
    /// <param name="timeout">How long to wait.</param>
    public SharedMemoryLock Lock(LockMode mode, TimeSpan timeout) =>
        new LockAcquirer(this, mode, new LockOwner(), "", timeout, CancellationToken.None).Acquire();

    /// <summary>Frees what dead clients have of the lock.</summary>
    public LockRescue.Outcome Rescue(bool includeForeign = false)
    {
        using LockTable table = TryOpen(Name, null, writable: true)!;
        LockRescue rescue = new(this, table, CancellationToken.None)
        {
            Patience = Timeout.InfiniteTimeSpan,
            IncludeForeign = includeForeign,
        };
        return rescue.Run(new LockOwner().Token);
    }
}
