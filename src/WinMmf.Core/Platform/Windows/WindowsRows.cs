using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>
/// The rows of a registry that readers claim by themselves (protocol 7.15 to 7.18), and the event by which each is woken. How many of them
/// are looked at is this publisher's own number, which only grows; readers find it in control.
/// </summary>
internal sealed unsafe class WindowsRows : PublisherRows
{
    private const long DeadRowNanoseconds = 200_000_000;

    // Looked at from the beginning: all. 63 lines in the cache cost less than readers that cannot lease until the next look at claims.
    private const int LeastLookedAt = RowLayout.Most;

    private readonly SafeKernelHandle?[] _events = new SafeKernelHandle?[RowLayout.Most + 1];
    private readonly PublisherRow[] _all = new PublisherRow[RowLayout.Most];
    private readonly SharedSection? _section;
    private readonly WindowsRowClaims? _claims;
    private readonly object _gate = new();
    private SharedSection? _control;
    private readonly ulong _withoutEvent;
    private ulong _claimed;
    private long _nextDeadRowCheck;
    private int _lookedAt;

    /// <param name="name">The channel.</param>
    /// <param name="policy">Who may read.</param>
    /// <param name="section">The registry; null: the channel goes without.</param>
    /// <param name="processes">Who lives.</param>
    public WindowsRows(SharedName name, AccessPolicy policy, SharedSection? section, WindowsProcessProbe processes)
    {
        _section = section;
        if (section is null)
            return;
        _claims = new WindowsRowClaims(section, processes);
        using WindowsSecurityDescriptor descriptor = WindowsSecurityDescriptor.For(ObjectKind.WakeEvent, policy);
        SecurityAttributes attributes = descriptor.Attributes;
        for (int row = 1; row <= RowLayout.Most; row++)
        {
            _all[row - 1] = new PublisherRow(row, _claims.Line(row));
            _events[row] = TryCreateEvent(in attributes, WindowsObjectName.For(name, SharedName.Wake(row)));

            // Another account's event could swallow every wake-up: it costs its row, and nothing more.
            if (_events[row] is null && _claims.TryClaim(row, "no wake-up event"))
                _withoutEvent |= 1UL << row;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A row that its dead reader has left is looked for every 200 ms.</remarks>
    public override bool MayRest
    {
        get
        {
            lock (_gate)
                return _claimed == _withoutEvent;
        }
    }

    /// <inheritdoc/>
    public override bool CanWakeAnybody => false;

    /// <summary>Where readers find how many rows are looked at.</summary>
    public void Guard(SharedSection control) => _control = control;

    /// <inheritdoc/>
    public override void TakeIn()
    {
        if (_claims is null || _control is null)
            return;
        lock (_gate)
        {
            ulong claimed = 0;
            int highest = 0;
            for (int row = 1; row <= RowLayout.Most; row++)
            {
                if (!_claims.IsClaimed(row))
                    continue;
                claimed |= 1UL << row;
                highest = row;
            }

            Given += CountBits(claimed & ~_claimed);
            _claimed = claimed;
            int wanted = System.Math.Max(highest, LeastLookedAt);
            if (wanted <= _lookedAt)
                return;
            _lookedAt = wanted;
            PublisherRow[] rows = new PublisherRow[wanted];
            System.Array.Copy(_all, rows, wanted);

            // First in the table, then in control (release): a reader that sees the number is looked at.
            Extend(rows);
            Volatile.Write(ref *(uint*)(_control.Address + ControlLayout.RowsLookedAt), (uint)wanted);
        }
    }

    /// <inheritdoc/>
    public override void Tick(long now)
    {
        TakeIn();
        if (_claims is null || now < _nextDeadRowCheck)
            return;
        _nextDeadRowCheck = now + DeadRowNanoseconds;
        for (int row = 1; row <= _lookedAt; row++)
        {
            if (_claims.ClearIfDead(row))
                Ended++;
        }
    }

    /// <inheritdoc/>
    public override int Wake(ulong sleeping)
    {
        for (int row = 1; row <= RowLayout.Most; row++)
        {
            if ((sleeping & (1UL << row)) != 0 && _events[row] is SafeKernelHandle handle)
                Kernel32.SetEvent(handle);
        }

        return -1;
    }

    /// <inheritdoc/>
    public override void WakeAll() => Wake(ulong.MaxValue);

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_gate)
            _control = null;
        Replace([]);
        foreach (SafeKernelHandle? handle in _events)
            handle?.Dispose();
        _section?.Dispose();
    }

    private static int CountBits(ulong bits)
    {
        int count = 0;
        for (; bits != 0; bits &= bits - 1)
            count++;
        return count;
    }

    /// <summary>
    /// An event of that name; readers of a dead predecessor may still hold ours. Null where another kind of object has the name: any
    /// account can make an event, so a stranger's costs its row, and nothing more.
    /// </summary>
    private static SafeKernelHandle? TryCreateEvent(in SecurityAttributes attributes, string fullName)
    {
        SafeKernelHandle handle = Kernel32.CreateEventW(in attributes, manualReset: false, initialState: false, fullName);
        int error = Marshal.GetLastWin32Error();
        if (handle.IsInvalid && error == Win32Error.ERROR_ACCESS_DENIED)
        {
            handle.Dispose();
            handle = Kernel32.OpenEventW(AccessRights.EVENT_MODIFY_STATE | AccessRights.READ_CONTROL, inherit: false, fullName);
            error = Win32Error.ERROR_ALREADY_EXISTS;
        }

        if (!handle.IsInvalid
            && (error != Win32Error.ERROR_ALREADY_EXISTS || WindowsAccount.IsCurrent(WindowsObjectSecurity.ReadOwner(handle))))
            return handle;
        handle.Dispose();
        return null;
    }
}
