using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Time;

namespace WinMmf.Locking;

/// <summary>Recovery step by step (protocol 8.5). It can die after any step; the next one counts afresh.</summary>
internal sealed unsafe class LockRescue
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2);

    private readonly ILockable _memory;
    private readonly LockTable _table;
    private readonly CancellationToken _cancellation;
    private Deadline _deadline;

    public LockRescue(ILockable memory, LockTable table, CancellationToken cancellation)
    {
        _memory = memory;
        _table = table;
        _cancellation = cancellation;
    }

    /// <summary>How it ended.</summary>
    public enum Outcome
    {
        Done,

        /// <summary>A living rescuer is recovering the lock.</summary>
        Busy,

        /// <summary>A living client did not finish taking or releasing the lock.</summary>
        NotSettled,

        /// <summary>What is left cannot be distinguished from other programs' part.</summary>
        Undecided,
    }

    /// <summary>How long it waits for clients and other rescuers, in all.</summary>
    public TimeSpan Patience { get; set; } = MostPatience;

    /// <summary>Leave dead rows in state 3 alone unless this names them (process id, dot, token); null for all.</summary>
    public string? OnlyOwner { get; set; }

    /// <summary>Remove everything but the living ones' part.</summary>
    public bool IncludeForeign { get; set; }

    /// <summary>Only free rows, and only if no dead one has a part of the word.</summary>
    public bool SweepOnly { get; set; }

    /// <summary>The count that recovery acted on; null if it did not get that far.</summary>
    public LockCount? Count { get; private set; }

    /// <summary>The word that was put in its place.</summary>
    public LockWord Result { get; private set; }

    /// <summary>The rows that were freed.</summary>
    public List<CountedRow> Freed { get; } = new();

    /// <summary>Frees rows of dead clients that have no part of the word. True if it freed one.</summary>
    /// <param name="memory">Whose rows.</param>
    /// <param name="token">Who sweeps.</param>
    /// <param name="deadline">Until when clients and other rescuers are waited for; they are asked once in any case.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static bool Sweep(ILockable memory, ulong token, Deadline deadline, CancellationToken cancellation)
    {
        // A table of its own: on Linux a descriptor's own locks do not conflict with it, so it cannot see them.
        using LockTable? table = memory.Locks.OpenTable();
        if (table is null)
            return false;
        LockRescue rescue = new(memory, table, cancellation) { SweepOnly = true, Patience = deadline.LeftUpTo(MostPatience) };
        return rescue.Run(token) == Outcome.Done && rescue.Freed.Count > 0;
    }

    public Outcome Run(ulong token)
    {
        _deadline = Deadline.After(Patience);
        while (!_table.TryBeginRecovery(token))
        {
            if (!Pause())
                return Outcome.Busy;
        }

        try
        {
            return Settle() ? Mend() : Outcome.NotSettled;
        }
        finally
        {
            _table.EndRecovery();
            _table.Wake(_memory.WordAddress);
        }
    }

    /// <summary>
    /// Waits until every living client has been seen in another state than intent: from then on no client takes the lock.
    /// </summary>
    private bool Settle()
    {
        for (int row = 1; row < HoldersLayout.RowCount; row++)
        {
            while (true)
            {
                LockRow seen = _table.ReadRow(row);
                if (seen.State != LockRowState.Intent || _table.IsDead(in seen))
                    break;
                if (!Pause())
                    return false;
            }
        }

        return true;
    }

    private Outcome Mend()
    {
        while (true)
        {
            LockCount count = LockCount.Take(_table, _memory);
            if (!count.IsSettled)
            {
                if (!Pause())
                    return Outcome.NotSettled;
                continue;
            }

            Count = count;
            if (!TryPlan(count, out uint wanted))
                return Outcome.Undecided;
            if (SweepOnly && wanted != count.Word.Value)
                return Outcome.Undecided;
            if (wanted != count.Word.Value)
            {
                Mark(count);
                if (!_memory.TryExchangeWord(count.Word.Value, wanted))
                    continue;
            }

            Result = new LockWord(wanted);
            Free(count);
            return Outcome.Done;
        }
    }

    /// <summary>What the word is to be; false if that cannot be decided.</summary>
    private bool TryPlan(LockCount count, out uint wanted)
    {
        wanted = count.LivingPart;
        if (IncludeForeign)
            return true;
        if (count.Word.Fault is not null || count.IsLivingPartMissing || count.LostMarks > 0 || count.HasLostWriter)
            return false;
        uint left = (uint)(count.LeftMarks - CountKept(count, LockMode.Read));
        wanted = count.Word.Value - (left * LockWord.OwnReader);
        if (count.HasLeftWriter && CountKept(count, LockMode.Write) == 0)
            wanted &= ~LockWord.OwnWriter;
        return true;
    }

    /// <summary>Dead owners that certainly have a part and are not to be freed.</summary>
    private int CountKept(LockCount count, LockMode mode)
    {
        int kept = 0;
        foreach (CountedRow row in count.Rows)
        {
            if (row.IsDead && row.Row.Mode == mode && IsKept(row.Row))
                kept++;
        }

        return Math.Min(kept, mode == LockMode.Read ? count.LeftMarks : 1);
    }

    private bool IsKept(LockRow row) =>
        OnlyOwner is not null && !IncludeForeign && row.State == LockRowState.Held
            && LockOwner.Name(row.Process.ProcessId, row.Token) != OnlyOwner;

    private void Mark(LockCount count)
    {
        foreach (CountedRow row in count.Rows)
        {
            if (!row.IsDead || !row.Row.MayHold || IsKept(row.Row))
                continue;

            // The mark comes before any client can take the lock, so that the next reader is warned.
            if (row.Row.Mode == LockMode.Write && count.HasLeftWriter)
                _table.MarkSuspect(row.Row.Process.IsLost ? default : row.Row.Process);
            _table.MarkDead(row.Row);
        }

        if (IncludeForeign && (count.HasLostWriter || count.Word.IsForeignWriter))
            _table.MarkSuspect(default);
    }

    private void Free(LockCount count)
    {
        Freed.Clear();
        foreach (CountedRow row in count.Rows)
        {
            if (!row.IsDead || IsKept(row.Row))
                continue;
            if (row.Row.MayHold)
                _table.FreeDead(row.Row);
            Freed.Add(row);
        }

        Freed.RemoveAll(static row => !row.Row.MayHold);
    }

    private bool Pause()
    {
        if (_deadline.IsOver)
            return false;
        _cancellation.ThrowIfCancellationRequested();
        _memory.Pause(1, _cancellation);
        return true;
    }
}
