using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.Locking;

/// <summary>
/// The lock of a plain memory, as long as it is not given back. <c>docs/protocol.md</c> section 8.
/// It belongs to its owner and not to a thread: any thread may give it back.
/// </summary>
public sealed unsafe class SharedMemoryLock : IDisposable
{
    private readonly ILockable _memory;
    private readonly LockTable? _table;
    private readonly int _row;
    private int _released;
    private volatile bool _isContentGood;

    internal SharedMemoryLock(ILockable memory, LockTable? table, int row, LockMode mode, LockOwner owner, string label, bool suspect)
    {
        _memory = memory;
        _table = table;
        _row = row;
        Mode = mode;
        Owner = owner;
        Label = label;
        WasSuspect = suspect;
        AcquiredAt = DateTime.UtcNow;
    }

    /// <summary>The memory's name.</summary>
    public SharedName Name => _memory.Name;

    /// <summary>How it is locked.</summary>
    public LockMode Mode { get; }

    /// <summary>Whose it is.</summary>
    public LockOwner Owner { get; }

    /// <summary>The owner as reports name it: process id, a dot, and the token.</summary>
    public string OwnerId => LockOwner.Name(_memory.Locks.Processes.Current.ProcessId, Owner.Token);

    /// <summary>What it is called towards people; may be empty.</summary>
    public string Label { get; }

    /// <summary>Since when, UTC.</summary>
    public DateTime AcquiredAt { get; }

    /// <summary>True if, when this lock was taken, the last writer had died with the lock.</summary>
    public bool WasSuspect { get; }

    /// <summary>True if others can see whose it is. False on a memory that another program made: they see a foreign lock.</summary>
    public bool HasRow => _table is not null;

    /// <summary>True until it is given back.</summary>
    public bool IsHeld => Volatile.Read(ref _released) == 0;

    /// <summary>
    /// Says that data was written under this lock, so that its release ends the mark that a dead writer left. Who writes through
    /// <c>Data</c> of the memory calls it: nothing else can know that something was written.
    /// </summary>
    /// <exception cref="WinMmfException">NotLocked: it was given back, or it is a lock for reading.</exception>
    public void MarkWritten()
    {
        if (Mode != LockMode.Write)
            throw new WinMmfException(WinMmfErrorId.NotLocked,
                $"{Name} is locked for reading, so nothing can have been written under this lock.", Name.ToFacts());
        MarkGood();
    }

    /// <summary>
    /// Ends the mark that a dead writer left with this lock's release, because the caller has checked the data and found it good. A lock
    /// for reading is enough: while there is one, no writer can have the lock and die with it.
    /// </summary>
    /// <exception cref="WinMmfException">NotLocked: it was given back.</exception>
    public void TrustContent() => MarkGood();

    /// <summary>
    /// Gives the lock back. Does nothing the second time. The mark that a dead writer left ends if data was written
    /// (<see cref="MarkWritten"/>) or found good (<see cref="TrustContent"/>), and stays otherwise.
    /// </summary>
    /// <exception cref="WinMmfException">
    /// CorruptLock if the word did not show this lock any more: another program changed it, and two writers may have been at work.
    /// Truncated. In both cases the lock is gone.
    /// </exception>
    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
            return;
        try
        {
            if (_table is null)
                GiveWord(marked: false);
            else
                ReleaseWithRow(_table);
        }
        finally
        {
            _memory.Locks.Forget(this);
        }
    }

    /// <summary>Gives the lock back as <see cref="Release"/> does, without its errors.</summary>
    public void Dispose()
    {
        try
        {
            Release();
        }
        catch (WinMmfException)
        {
            // A caller that wants to know uses Release.
        }
    }

    private void MarkGood()
    {
        if (!IsHeld)
            throw new WinMmfException(WinMmfErrorId.NotLocked, $"The lock of {Name} was given back already.", Name.ToFacts());
        _isContentGood = true;
    }

    private void ReleaseWithRow(LockTable table)
    {
        try
        {
            if (_isContentGood)
                table.ClearSuspect();

            // Fenced. Partner: the rescuer, who sees 4 or later if he sees the word changed (protocol section 8.4).
            table.WriteState(_row, LockRowState.Releasing);
            GiveWord(marked: true);
        }
        finally
        {
            table.Release(_row);
        }

        table.Wake(_memory.WordAddress);
    }

    private void GiveWord(bool marked)
    {
        while (true)
        {
            LockWord seen = new(_memory.ReadWord());
            if (!seen.TryGive(Mode, marked, out uint given))
            {
                throw new WinMmfException(
                    WinMmfErrorId.CorruptLock,
                    $"The lock of {Name} was not shown any more when it was to be given back (word 0x{seen.Value:X8}): another program "
                        + "changed it, or it was freed by hand.", Name.ToFacts());
            }

            // Release: what was written under the lock is seen by the next owner (partner: the exchange in LockAcquirer).
            if (_memory.TryExchangeWord(seen.Value, given))
                return;
        }
    }
}
