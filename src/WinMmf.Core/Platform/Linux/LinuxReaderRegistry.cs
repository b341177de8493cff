using System;
using System.Text;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Processes;
using WinMmf.Time;

namespace WinMmf.Platform.Linux;

/// <summary>
/// A registry by <c>pread</c> and <c>pwrite</c>. A row is claimed by a lock on the byte whose offset is its number; the lock
/// belongs to this object's own open file description, so two of them exclude each other within a process too.
/// </summary>
internal sealed unsafe class LinuxReaderRegistry : ReaderRegistry
{
    private readonly LinuxLifetime _lifetime;
    private readonly LinuxFile _file;
    private readonly SharedName _name;
    private readonly bool[] _claimed = new bool[RegistryLayout.Rows];
    private readonly object _gate = new();
    private int _disposed;

    public LinuxReaderRegistry(LinuxLifetime lifetime, LinuxFile file, SharedName name)
    {
        _lifetime = lifetime;
        _file = file;
        _name = name;
    }

    public override void Snapshot(byte* destination) => Read(destination, RegistryLayout.Size, 0);

    public override bool TryClaim(string label, out int row)
    {
        lock (_gate)
        {
            for (row = 1; row < RegistryLayout.Rows; row++)
            {
                if (_claimed[row] || !TryLockRow(row))
                    continue;
                _claimed[row] = true;
                try
                {
                    WriteRow(row, label);
                    return true;
                }
                catch
                {
                    Release(row);
                    throw;
                }
            }
        }

        row = 0;
        return false;
    }

    public override void Release(int row)
    {
        lock (_gate)
        {
            if (!_claimed[row])
                return;
            Clear(row);
            UnlockRow(row);
            _claimed[row] = false;
        }
    }

    public override void WriteLease(int row, byte value) => WriteByte(row, RegistryLayout.Lease, value);

    public override void WriteWaiting(int row, byte value) => WriteByte(row, RegistryLayout.Waiting, value);

    public override bool ClearIfDead(int row)
    {
        lock (_gate)
        {
            if (_claimed[row] || IsClear(row) || !TryLockRow(row))
                return false;
            try
            {
                // Looked at again under the lock: it may just have been given back.
                return !IsClear(row) && Clear(row);
            }
            finally
            {
                UnlockRow(row);
            }
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        for (int row = 1; row < RegistryLayout.Rows; row++)
            Release(row);
        _lifetime.LetGo(_file, _name, SharedName.RegistrySuffix);
    }

    private static int Fit(char* text, int length, int most)
    {
        while (length > 0 && (Encoding.UTF8.GetByteCount(text, length) > most || char.IsHighSurrogate(text[length - 1])))
            length--;
        return length;
    }

    // The descriptor's own errors (closed, no lock table) count as "not ours"; nothing here may stop a publisher.
    private bool TryLockRow(int row) => Libc.SetLock(_file.Descriptor, FileLock.Write, row) == 0;

    private void UnlockRow(int row) => Libc.SetLock(_file.Descriptor, FileLock.None, row);

    private void Read(byte* destination, int count, long offset) => _file.Read(destination, count, offset);

    // Seen before anything that is read from now on (protocol sections 5.4 step 2 and 5.5 step 2).
    private bool TryWrite(byte* source, int count, long offset) => _file.TryWrite(source, count, offset);

    private void WriteRow(int row, string label)
    {
        ProcessIdentity self = LinuxProcessProbe.Self;
        byte* bytes = stackalloc byte[RegistryLayout.RowSize];
        for (int i = 0; i < RegistryLayout.RowSize; i++)
            bytes[i] = 0;
        *(ulong*)(bytes + RegistryLayout.StartTime) = self.StartTime;
        *(ulong*)(bytes + RegistryLayout.Host) = self.Host;
        *(long*)(bytes + RegistryLayout.ClaimedAt) = MonotonicClock.UnixNow;
        fixed (char* text = label)
            Encoding.UTF8.GetBytes(text, Fit(text, label.Length, RegistryLayout.LabelBytes), bytes + RegistryLayout.Label, RegistryLayout.LabelBytes);
        ulong claim = self.Claim;
        long offset = RegistryLayout.Row(row);
        if (!TryWrite(bytes, RegistryLayout.RowSize, offset) || !TryWrite((byte*)&claim, sizeof(ulong), offset + RegistryLayout.Claim))
            throw WriteFailed();
    }

    private void WriteByte(int row, int field, byte value)
    {
        if (!TryWrite(&value, 1, RegistryLayout.Row(row) + field))
            throw WriteFailed();
    }

    private bool IsClear(int row)
    {
        byte* bytes = stackalloc byte[RegistryLayout.RowSize];
        Read(bytes, RegistryLayout.RowSize, RegistryLayout.Row(row));
        for (int i = 0; i < RegistryLayout.RowSize; i++)
        {
            if (bytes[i] != 0)
                return false;
        }

        return true;
    }

    private bool Clear(int row)
    {
        byte* zeros = stackalloc byte[RegistryLayout.RowSize];
        for (int i = 0; i < RegistryLayout.RowSize; i++)
            zeros[i] = 0;
        return TryWrite(zeros, RegistryLayout.RowSize, RegistryLayout.Row(row));
    }

    private WinMmfException WriteFailed() => new(
        WinMmfErrorId.SystemError,
        $"{_name}{SharedName.RegistrySuffix} could not be written: {_file.Path} was changed by somebody, or shared memory is full. Close the channel and open it again.");
}
