using System;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;
using WinMmf.Processes;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>
/// A mapped companion. A waiter is woken by the event of its row, since WaitOnAddress does not cross processes.
/// </summary>
internal sealed unsafe class WindowsLockTable : WindowsRowTable
{
    private readonly SharedSection _section;
    private readonly WindowsProcessProbe _processes;
    private readonly SafeKernelHandle?[] _events = new SafeKernelHandle?[HoldersLayout.RowCount];
    private readonly object _gate = new();

    public WindowsLockTable(SharedSection section, SharedName name, WindowsProcessProbe processes)
        : base(name, processes)
    {
        _section = section;
        _processes = processes;
    }

    /// <inheritdoc/>
    public override void Wait(int row, uint* word, uint seen, int milliseconds)
    {
        SafeKernelHandle? handle = GetEvent(row, create: true);

        // The row is in state 1 and fenced: a client that changes the word from now on sees the waiter (partner: Wake).
        if (Volatile.Read(ref *word) != seen)
            return;
        if (handle is null)
            Thread.Sleep(Math.Min(milliseconds, 2));
        else
            Kernel32.WaitForSingleObject(handle, (uint)milliseconds);
    }

    /// <inheritdoc/>
    public override void Wake(uint* word)
    {
        // Full fence between the change of the word and the look at the rows. Partner: the state in front of Wait.
        Thread.MemoryBarrier();
        for (int row = 1; row < HoldersLayout.RowCount; row++)
        {
            if (Volatile.Read(ref *(_section.Address + HoldersLayout.Row(row) + LockRowLayout.State)) != (byte)LockRowState.Waiting)
                continue;
            SafeKernelHandle? handle = GetEvent(row, create: false);
            if (handle is not null)
                Kernel32.SetEvent(handle);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_gate)
        {
            foreach (SafeKernelHandle? handle in _events)
                handle?.Dispose();
            _section.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Read(byte* destination, int count, int offset)
    {
        // A plain copy, because 64-bit atomics fault in a read-only map. A torn value is read again.
        Buffer.MemoryCopy(_section.Address + offset, destination, count, count);

        // Acquire: what is read next is not older than the copy. Partner: the fences after Write.
        Thread.MemoryBarrier();
    }

    /// <inheritdoc/>
    protected override void Write(byte* source, int count, int offset)
    {
        byte* target = _section.Address + offset;
        if (count == 1)
            Volatile.Write(ref *target, *source);
        else
            Buffer.MemoryCopy(source, target, count, count);

        // Full fence. Partner: the fence of the client that wrote a row or the recovery word and reads the other.
        Thread.MemoryBarrier();
    }

    /// <inheritdoc/>
    protected override bool IsGone(ulong claim) => _processes.ProbeClaim(claim) == ProcessLiveness.Dead;

    /// <inheritdoc/>
    protected override bool TryExchangeClaim(int row, ulong from, ulong to)
    {
        long* claim = (long*)(_section.Address + HoldersLayout.Row(row) + LockRowLayout.Claim);
        return Interlocked.CompareExchange(ref *claim, unchecked((long)to), unchecked((long)from)) == unchecked((long)from);
    }

    /// <summary>The event of a row. A handle that is kept keeps the name, so that it is the same event for the row's next owner.</summary>
    private SafeKernelHandle? GetEvent(int row, bool create)
    {
        lock (_gate)
        {
            return _events[row] ??= create ? Create(row) : TryOpen(row);
        }
    }

    private SafeKernelHandle? TryOpen(int row)
    {
        SafeKernelHandle handle = Kernel32.OpenEventW(
            AccessRights.EVENT_MODIFY_STATE | AccessRights.SYNCHRONIZE, inherit: false, WindowsObjectName.For(Name, SharedName.Wake(row)));
        if (!handle.IsInvalid)
            return handle;
        handle.Dispose();
        return null;
    }

    private SafeKernelHandle? Create(int row)
    {
        using WindowsSecurityDescriptor descriptor = WindowsSecurityDescriptor.For(ObjectKind.LockWakeUp, AccessPolicy.Private);
        SecurityAttributes attributes = descriptor.Attributes;
        SafeKernelHandle handle = Kernel32.CreateEventW(
            in attributes, manualReset: false, initialState: false, WindowsObjectName.For(Name, SharedName.Wake(row)));
        if (!handle.IsInvalid)
            return handle;
        int error = Marshal.GetLastWin32Error();
        handle.Dispose();
        return error == Win32Error.ERROR_ACCESS_DENIED ? TryOpen(row) : null;
    }
}
