using System;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Session;
using WinMmf.Residency;

namespace WinMmf.PowerShell.Output;

/// <summary>A plain memory that this session holds. It exists at least until this is disposed of or closed.</summary>
public sealed class SharedMemory : IDisposable
{
    private readonly NamedMemory _memory;
    private readonly SharedMemorySession _session;

    internal SharedMemory(NamedMemory memory, bool isCreator, SharedMemorySession session)
    {
        _memory = memory;
        _session = session;
        IsCreator = isCreator;
        HeldSince = DateTime.Now;
        session.Add(this);
    }

    /// <summary>The name.</summary>
    public string Name => Memory.Name;

    /// <summary>Where the name is visible.</summary>
    public string Scope => Memory.Scope.ToString();

    /// <summary>Bytes of data.</summary>
    public long Size => _memory.DataSize;

    /// <summary>True if the data may only be read.</summary>
    public bool IsReadOnly => !_memory.IsWritable;

    /// <summary>What this session may do with it: ReadWrite, ReadOnly, or nothing once Closed.</summary>
    public string Access => IsClosed ? "Closed" : IsReadOnly ? "ReadOnly" : "ReadWrite";

    /// <summary>True if this session made the memory, false if it opened one that existed.</summary>
    public bool IsCreator { get; }

    /// <summary>The lock word, now; nothing once closed.</summary>
    public string? Lock => IsClosed ? null : _memory.LockWord.ToString();

    /// <summary>
    /// What can be said of the lock, now: Free, Held, Waiting, Abandoned, Uncertain, Foreign or Corrupt; nothing once closed.
    /// </summary>
    public string? Verdict => IsClosed ? null : LockInspector.Inspect(_memory).Verdict.ToString();

    /// <summary>True if the data may be half written: a writer died with the lock, and no WinMmf program has written since.</summary>
    public bool IsSuspect => !IsClosed && (_memory.IsSuspect || (_memory.LockWord.IsOwnWriter && LockInspector.Inspect(_memory).IsSuspect));

    /// <summary>Bytes that are really locked in memory: in this process now, or as its creator measured.</summary>
    public long LockedBytes => Resident.Locked;

    /// <summary>Bytes in large pages: in this process now, or as its creator measured.</summary>
    public long LargePageBytes => Resident.LargePages;

    /// <summary>The process that made it; nothing if another program than WinMmf did.</summary>
    public int? ProcessId => _memory.Origin is MemoryOrigin origin ? (int)origin.Creator.ProcessId : null;

    /// <summary>
    /// The process that keeps it alive when all others have closed it (New-SharedMemory -KeepAlive); empty if there is none.
    /// </summary>
    public int? KeptBy => string.IsNullOrEmpty(_memory.Origin?.KeeperEndpoint) ? null : ProcessId;

    /// <summary>The account that made it, as its creator says.</summary>
    public string? Account => _memory.Origin?.Account;

    /// <summary>When it was made (local time); nothing if another program than WinMmf did.</summary>
    public DateTime? CreatedAt => LocalTime.Of(_memory.Origin?.CreatedAt);

    /// <summary>Since when this session has held it (local time).</summary>
    public DateTime HeldSince { get; }

    /// <summary>True once this session has closed it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Name and scope.</summary>
    internal SharedName Memory => _memory.Name;

    /// <summary>The memory itself.</summary>
    /// <exception cref="WinMmfException">NotHeld once closed.</exception>
    internal NamedMemory OpenMemory => IsClosed
        ? throw new WinMmfException(WinMmfErrorId.NotHeld, $"This session has let go of {_memory.Name}.", NameFacts.Of(_memory.Name))
        : _memory;

    /// <summary>Locking is done by the process that made it, so only there it can be measured.</summary>
    private ResidentBytes Resident =>
        IsCreator && KeptBy is null && !IsClosed ? _memory.MeasureResident() : _memory.Origin?.Resident ?? default;

    /// <summary>Closes the memory. When its last holder does so, it disappears.</summary>
    public void Dispose()
    {
        IsClosed = true;
        _session.Remove(this);
        _memory.Dispose();
    }

    /// <summary>The name with its scope in front.</summary>
    public override string ToString() => _memory.Name.ToString();
}
