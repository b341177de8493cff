using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Time;

namespace WinMmf.Locking;

/// <summary>One attempt to take a lock: protocol sections 8.3 and 8.7.</summary>
internal sealed unsafe class LockAcquirer
{
    private const int Spins = 20;
    private const int MaxExchanges = 100;
    private const int Slice = 100;
    private const int ForeignSlice = 20;

    private readonly ILockable _memory;
    private readonly LockTable? _table;
    private readonly LockMode _mode;
    private readonly LockOwner _owner;
    private readonly string _label;
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _cancellation;
    private readonly Deadline _deadline;
    private LockRowState _state;
    private int _pause = 1;

    public LockAcquirer(ILockable memory, LockMode mode, LockOwner owner, string label, TimeSpan timeout, CancellationToken cancellation)
    {
        _memory = memory;
        _table = memory.Locks.Table;
        _mode = mode;
        _owner = owner;
        _label = label;
        _timeout = timeout;
        _cancellation = cancellation;
        _deadline = Deadline.After(timeout);
    }

    private enum Obstacle
    {
        None,
        Word,
        Turn,
        Recovery,
        Row,
    }

    /// <summary>Waits for the lock and takes it.</summary>
    /// <exception cref="WinMmfException">Timeout, TooManyReaders, CorruptLock, Truncated, SystemError.</exception>
    public SharedMemoryLock Acquire()
    {
        int row = 0;
        if (_table is not null)
        {
            while (!TryClaimRow(_table, out row))
                Pause(Obstacle.Row, 0, 0);
        }

        bool taken = false;
        try
        {
            for (int spin = 0; ; spin++)
            {
                _cancellation.ThrowIfCancellationRequested();
                Obstacle obstacle = _table is null ? TryWord(marked: false, out uint seen) : TryWithRow(_table, row, out seen);
                if (obstacle == Obstacle.None)
                    break;
                if (obstacle == Obstacle.Word && spin < Spins && !_deadline.IsOver)
                    _memory.Pause(0, _cancellation);
                else
                    Pause(obstacle, row, seen);
            }

            taken = true;
            return new SharedMemoryLock(_memory, _table, row, _mode, _owner, _label, _table is not null && _table.IsSuspect);
        }
        finally
        {
            if (!taken)
                _table?.Release(row);
        }
    }

    private bool TryClaimRow(LockTable table, out int row)
    {
        _cancellation.ThrowIfCancellationRequested();
        return table.TryClaim(_mode, _owner.Token, _label, out row)
            || (LockRescue.Sweep(_memory, _owner.Token, _deadline, _cancellation) && table.TryClaim(_mode, _owner.Token, _label, out row));
    }

    private Obstacle TryWithRow(LockTable table, int row, out uint seen)
    {
        seen = 0;
        if (table.IsRecovering && !table.TryEndDeadRecovery())
            return Obstacle.Recovery;
        LockWord word = Look();
        seen = word.Value;
        if (!word.Allows(_mode))
            return Obstacle.Word;
        if (_memory.Locks.Turns.MustGiveWay(table, row, _mode, word))
            return Obstacle.Turn;

        // Fenced: intent before the look at the recovery word. Partner: the rescuer's recovery word before its look at the rows.
        SetState(table, row, LockRowState.Intent);
        if (table.IsRecovering)
        {
            SetState(table, row, LockRowState.Waiting);
            return Obstacle.Recovery;
        }

        Obstacle obstacle = TryWord(marked: true, out seen);
        if (obstacle != Obstacle.None)
        {
            SetState(table, row, LockRowState.Waiting);
            return obstacle;
        }

        try
        {
            table.WriteSince(row, MonotonicClock.UnixNow);
            SetState(table, row, LockRowState.Held);
            return Obstacle.None;
        }
        catch (WinMmfException)
        {
            // The companion was cut short: a part of the word without a row would have no owner.
            GiveWordBack();
            throw;
        }
    }

    private void GiveWordBack()
    {
        LockWord seen;
        do
            seen = Look();
        while (seen.TryGive(_mode, marked: true, out uint given) && !_memory.TryExchangeWord(seen.Value, given));
    }

    private Obstacle TryWord(bool marked, out uint seen)
    {
        seen = 0;
        for (int i = 0; i < MaxExchanges; i++)
        {
            LockWord now = Look();
            seen = now.Value;
            if (!now.Allows(_mode))
                return Obstacle.Word;

            // Acquire: what the last owner wrote is seen (partner: the exchange in SharedMemoryLock).
            if (_memory.TryExchangeWord(seen, now.Taken(_mode, marked)))
                return Obstacle.None;
        }

        return Obstacle.Turn;
    }

    /// <summary>Reads the word; what waiting cannot mend is an error.</summary>
    private LockWord Look()
    {
        LockWord word = new(_memory.ReadWord());
        if (word.Fault is string fault)
            throw new WinMmfException(WinMmfErrorId.CorruptLock,
                $"The lock word of {_memory.Name} (0x{word.Value:X8}) makes no sense: {fault}.", _memory.Name.ToFacts());
        if (_mode == LockMode.Read && word.Readers == LockWord.MaxReaders)
            throw new WinMmfException(WinMmfErrorId.TooManyReaders,
                $"The lock of {_memory.Name} has too many readers: it counts {LockWord.MaxReaders}, the most that it can. Some programs "
                    + "took it and never gave it back.", _memory.Name.ToFacts() with { Limit = LockWord.MaxReaders });
        return word;
    }

    private void SetState(LockTable table, int row, LockRowState state)
    {
        if (_state == state)
            return;
        table.WriteState(row, state);
        _state = state;
    }

    private void Pause(Obstacle obstacle, int row, uint seen)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_deadline.IsOver)
            throw TimedOut(obstacle);
        bool isWoken = obstacle == Obstacle.Word && _table is not null && !new LockWord(seen).IsForeign;
        int most = isWoken ? Slice : ForeignSlice;
        int milliseconds = Math.Max(1, _deadline.MillisecondsUpTo(isWoken ? most : _pause));
        _pause = obstacle == Obstacle.Turn ? 1 : Math.Min(_pause * 2, most);
        if (_table is not null && row != 0)
            SetState(_table, row, LockRowState.Waiting);
        if (obstacle == Obstacle.Word && _table is not null)
            _table.Wait(row, _memory.WordAddress, seen, milliseconds);
        else
            _memory.Pause(milliseconds, _cancellation);
    }

    private WinMmfException TimedOut(Obstacle obstacle)
    {
        string waited = _timeout > TimeSpan.Zero ? FormattableString.Invariant($" within {_timeout.TotalSeconds:0.###} s") : "";
        string failure = $"The lock of {_memory.Name} could not be taken for {(_mode == LockMode.Read ? "reading" : "writing")}{waited}.";
        ErrorFacts facts = _memory.Name.ToFacts() with { Operation = ErrorOperation.Lock, Waited = _timeout };
        switch (obstacle)
        {
            case Obstacle.Row:
                return new WinMmfException(
                    WinMmfErrorId.Timeout, $"{failure} All 63 places for programs that hold it or wait for it are taken.", facts);
            case Obstacle.Recovery:
                return new WinMmfException(
                    WinMmfErrorId.Timeout, $"{failure} Another process is recovering it and has not finished.", facts);
            default:
                LockReport report = LockJudge.Judge(_memory);
                return new WinMmfException(
                    WinMmfErrorId.Timeout,
                    $"{failure} {LockRefusal.Explain(report)}",
                    facts with { State = report.Verdict.ToString(), ProcessId = LockRefusal.FindHolder(report) });
        }
    }
}
