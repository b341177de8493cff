using System;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Session;

namespace WinMmf.PowerShell.Output;

/// <summary>A lock that this session has. It ends when it is released or disposed, or with the session.</summary>
public sealed class HeldLock : IDisposable
{
    private readonly NamedMemory _memory;
    private readonly SharedMemoryLock _lock;
    private readonly SharedMemorySession _session;

    private HeldLock(NamedMemory memory, SharedMemoryLock held, SharedMemorySession session)
    {
        _memory = memory;
        _lock = held;
        _session = session;
        Suspect = held.WasSuspect ? memory.Suspect : null;
    }

    /// <summary>The memory's name.</summary>
    public string Name => Memory.Name;

    /// <summary>Where the name is visible.</summary>
    public string Scope => Memory.Scope.ToString();

    /// <summary>How it is locked.</summary>
    public string Mode => LockMode.ToString();

    /// <summary>A label for display.</summary>
    public string Label => _lock.Label;

    /// <summary>The owner's name for other processes: process id, a dot, and this session's token.</summary>
    public string OwnerId => _lock.OwnerId;

    /// <summary>Since when (local time).</summary>
    public DateTime AcquiredAt => LocalTime.Of(_lock.AcquiredAt);

    /// <summary>True until it is given back.</summary>
    public bool IsHeld => _lock.IsHeld;

    /// <summary>True if a writer had died with the lock and no WinMmf program had written since: the data may be half written.</summary>
    public bool IsSuspect => _lock.WasSuspect;

    /// <summary>True if others can see whose lock it is; false on a memory that another program than WinMmf made.</summary>
    public bool IsListed => _lock.HasRow;

    /// <summary>Name and scope of the memory.</summary>
    internal SharedName Memory => _lock.Name;

    /// <summary>For reading or writing.</summary>
    internal LockMode LockMode => _lock.Mode;

    /// <summary>What the mark said when the lock was taken; null if there was none.</summary>
    internal SuspectMark? Suspect { get; }

    /// <summary>Takes the lock of an open memory, which it then owns.</summary>
    internal static HeldLock Take(NamedMemory memory, LockMode mode, TimeSpan timeout, string label, SharedMemorySession session,
        System.Threading.CancellationToken stopping)
    {
        HeldLock held = new(memory, memory.Lock(mode, timeout, session.Owner, label, stopping), session);
        session.Add(held);
        return held;
    }

    /// <summary>Data was written under this lock.</summary>
    internal void MarkWritten() => _lock.MarkWritten();

    /// <summary>The user has checked the data and found it good.</summary>
    internal void TrustContent() => _lock.TrustContent();

    /// <summary>Releases the lock and closes the memory.</summary>
    /// <exception cref="WinMmfException">CorruptLock if the word did not show it any more.</exception>
    internal void Release()
    {
        try
        {
            _lock.Release();
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Releases the lock. Does nothing the second time.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        _session.Remove(this);
        _memory.Dispose();
    }

    /// <summary>Text for display.</summary>
    public override string ToString() => $"{_lock.Name} ({(IsHeld ? Mode : "given back")})";
}
