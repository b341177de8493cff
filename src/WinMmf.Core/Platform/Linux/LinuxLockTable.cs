using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Processes;

namespace WinMmf.Platform.Linux;

/// <summary>
/// A companion by <c>pread</c> and <c>pwrite</c>. A row belongs to whose open file description has the byte with its number of the file of
/// locks locked, which the kernel gives back however the process ends: the exact proof of life, in any pid namespace. Who may only read the
/// memory cannot open that file; the kernel's list of locks tells it the same.
/// </summary>
internal sealed unsafe class LinuxLockTable : LockTable
{
    private const int RecoveryByte = HoldersLayout.RowCount;

    /// <summary>First of the bytes of which one is locked while a row is being claimed.</summary>
    private const int FirstGuardByte = 128;

    private readonly LinuxFile _file;
    private readonly LinuxFile? _locks;
    private readonly FileStatus _locksStatus;
    private readonly bool[] _taken = new bool[HoldersLayout.RowCount];
    private readonly object _gate = new();
    private int _disposed;

    public LinuxLockTable(LinuxFile file, LinuxFile? locks, in FileStatus locksStatus, SharedName name, IProcessProbe processes)
        : base(name, processes)
    {
        _file = file;
        _locks = locks;
        _locksStatus = locksStatus;
    }

    public override void Wait(int row, uint* word, uint seen, int milliseconds)
    {
        if (Libc.FutexWait(word, seen, milliseconds) is not (0 or Errno.EAGAIN or Errno.EINTR or Errno.ETIMEDOUT))
            Thread.Sleep(1);
    }

    public override void Wake(uint* word) => Libc.FutexWakeAll(word);

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _locks?.Dispose();
        _file.Dispose();
    }

    protected override void Read(byte* destination, int count, int offset) => _file.Read(destination, count, offset);

    protected override void Write(byte* source, int count, int offset)
    {
        if (!_file.TryWrite(source, count, offset))
        {
            throw new WinMmfException(
                WinMmfErrorId.SystemError,
                $"{Name}{SharedName.HoldersSuffix} could not be written: another program changed {_file.Path}, or shared memory is full.",
                Name.ToFacts() with { Path = _file.Path });
        }
    }

    protected override bool TryTake(int row, ulong claim)
    {
        lock (_gate)
        {
            // The description's own lock does not stand in its own way.
            if (_taken[row] || _locks is null || Libc.SetLock(_locks.Descriptor, FileLock.Write, FirstGuardByte + row) != 0)
                return false;
            try
            {
                // Looked at under the guard: a dead row that may have a part of the word is never locked, not for an instant, since it
                // would look alive. Without an owner a row in state 0 or 1 stays so until somebody else has the guard.
                if (Libc.QueryLock(_locks.Descriptor, row, out short type) != 0 || type != FileLock.None || ReadRow(row).MayHold)
                    return false;
                return _taken[row] = Libc.SetLock(_locks.Descriptor, FileLock.Write, row) == 0;
            }
            finally
            {
                Libc.SetLock(_locks!.Descriptor, FileLock.None, FirstGuardByte + row);
            }
        }
    }

    protected override void Give(int row, bool keepClaim, ulong claim)
    {
        if (!keepClaim)
            WriteClaim(row, 0);
        lock (_gate)
        {
            Libc.SetLock(_locks!.Descriptor, FileLock.None, row);
            _taken[row] = false;
        }
    }

    protected override bool IsTakenByLiving(int row, ulong claim)
    {
        lock (_gate)
        {
            if (_taken[row])
                return true;

            // What cannot be asked is alive.
            return _locks is null
                ? LinuxLockList.HasWriteLock(in _locksStatus, row)
                : Libc.QueryLock(_locks.Descriptor, row, out short type) != 0 || type != FileLock.None;
        }
    }

    // The byte is free for certain, or it would not be dead, and nobody claims a row in state 4.
    protected override void DropDeadClaim(int row, ulong claim) => WriteClaim(row, 0);

    protected override bool TryTakeRecovery()
    {
        lock (_gate)
        {
            if (_taken[HoldersLayout.RescuerRow] || _locks is null || Libc.SetLock(_locks.Descriptor, FileLock.Write, RecoveryByte) != 0)
                return false;
            return _taken[HoldersLayout.RescuerRow] = true;
        }
    }

    protected override void GiveRecovery()
    {
        WriteClaim(HoldersLayout.RescuerRow, 0);
        lock (_gate)
        {
            Libc.SetLock(_locks!.Descriptor, FileLock.None, RecoveryByte);
            _taken[HoldersLayout.RescuerRow] = false;
        }
    }
}
