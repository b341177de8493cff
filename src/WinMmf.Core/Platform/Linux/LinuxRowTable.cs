using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Platform.Linux;

/// <summary>
/// Whose a row of a companion is. A row belongs to whose open file description has the byte with its number locked, which the kernel gives
/// back however the process ends: the exact proof of life, in any pid namespace (protocol 8.2).
/// </summary>
internal abstract class LinuxRowTable : LockTable
{
    private const int RecoveryByte = HoldersLayout.RowCount;

    /// <summary>First of the bytes of which one is locked while a row is being claimed.</summary>
    private const int FirstGuardByte = 128;

    private readonly bool[] _taken = new bool[HoldersLayout.RowCount];
    private readonly object _gate = new();

    protected LinuxRowTable(SharedName name, IProcessProbe processes)
        : base(name, processes)
    {
    }

    /// <summary>Locks a byte unless another description has it, or locks cannot be had at all.</summary>
    protected abstract bool TryLockByte(int offset);

    /// <summary>Gives a byte's lock back.</summary>
    protected abstract void UnlockByte(int offset);

    /// <summary>True if no other description has a byte locked. What cannot be asked is not free.</summary>
    protected abstract bool IsByteFree(int offset);

    protected override bool TryTake(int row, ulong claim)
    {
        lock (_gate)
        {
            // The description's own lock does not stand in its own way.
            if (_taken[row] || !TryLockByte(FirstGuardByte + row))
                return false;
            try
            {
                // Looked at under the guard: a dead row that may have a part of the word is never locked, not for an instant, since it
                // would look alive. Without an owner a row in state 0 or 1 stays so until another client has the guard.
                if (!IsByteFree(row) || ReadRow(row).MayHold)
                    return false;
                return _taken[row] = TryLockByte(row);
            }
            finally
            {
                UnlockByte(FirstGuardByte + row);
            }
        }
    }

    protected override void Give(int row, bool keepClaim, ulong claim)
    {
        if (!keepClaim)
            WriteClaim(row, 0);
        lock (_gate)
        {
            UnlockByte(row);
            _taken[row] = false;
        }
    }

    protected override bool IsTakenByLiving(int row, ulong claim)
    {
        lock (_gate)
            return _taken[row] || !IsByteFree(row);
    }

    // The byte is free for certain, or it would not be dead, and no client claims a row in state 4.
    protected override void DropDeadClaim(int row, ulong claim) => WriteClaim(row, 0);

    protected override bool TryTakeRecovery()
    {
        lock (_gate)
        {
            if (_taken[HoldersLayout.RescuerRow] || !TryLockByte(RecoveryByte))
                return false;
            return _taken[HoldersLayout.RescuerRow] = true;
        }
    }

    protected override void GiveRecovery()
    {
        WriteClaim(HoldersLayout.RescuerRow, 0);
        lock (_gate)
        {
            UnlockByte(RecoveryByte);
            _taken[HoldersLayout.RescuerRow] = false;
        }
    }
}
