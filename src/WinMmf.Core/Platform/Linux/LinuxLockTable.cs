using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Processes;

namespace WinMmf.Platform.Linux;

/// <summary>
/// A companion by <c>pread</c> and <c>pwrite</c>, and locks of open file descriptions on bytes of the folder's file of locks. Who may only
/// read the memory cannot open that file; the kernel's list of locks tells it the same.
/// </summary>
internal sealed unsafe class LinuxLockTable : LinuxRowTable
{
    private readonly LinuxFile _file;
    private readonly LinuxFile? _locks;
    private readonly FileStatus _locksStatus;
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

    protected override bool TryLockByte(int offset) => _locks is not null && Libc.SetLock(_locks.Descriptor, FileLock.Write, offset) == 0;

    protected override void UnlockByte(int offset) => Libc.SetLock(_locks!.Descriptor, FileLock.None, offset);

    protected override bool IsByteFree(int offset) => _locks is null
        ? !LinuxLockList.HasWriteLock(in _locksStatus, offset)
        : Libc.QueryLock(_locks.Descriptor, offset, out short type) == 0 && type == FileLock.None;
}
