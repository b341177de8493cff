using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Time;

namespace WinMmf.Locking;

/// <summary>
/// The word and the rows as they were at one moment, and whose part of the word is what (protocol 8.5 step 3). Without recovery a client
/// may have been taking or releasing the lock at that moment; <see cref="IsSettled"/> says so.
/// </summary>
internal sealed unsafe class LockCount
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(50);

    private LockCount(LockWord word, List<CountedRow> rows, bool isStable, bool rowsEnded = false)
    {
        Word = word;
        Rows = rows;
        IsSettled = isStable;
        HasEndedRows = rowsEnded && word.Fault is null && (word.MarkedReaders > 0 || word.IsOwnWriter);
        if (HasEndedRows)
        {
            DeadReaders = word.MarkedReaders;
            DeadWriters = word.IsOwnWriter ? 1 : 0;
        }

        foreach (CountedRow row in rows)
        {
            bool reads = row.Row.Mode == LockMode.Read;
            switch (row.Row.State)
            {
                case LockRowState.Waiting:
                    break;
                case not LockRowState.Free when row.IsDead:
                    DeadReaders += reads ? 1 : 0;
                    DeadWriters += reads ? 0 : 1;
                    break;
                case LockRowState.Held:
                    LivingReaders += reads ? 1 : 0;
                    LivingWriters += reads ? 0 : 1;
                    break;
                case LockRowState.Intent or LockRowState.Releasing:
                    IsSettled = false;
                    MovingReaders += reads ? 1 : 0;
                    MovingWriters += reads ? 0 : 1;
                    break;
            }
        }
    }

    public LockWord Word { get; }

    /// <summary>True if the marks in the word are those of dead clients, whose rows ended with them (protocol 8.9).</summary>
    public bool HasEndedRows { get; }

    /// <summary>All rows that are not free.</summary>
    public IReadOnlyList<CountedRow> Rows { get; }

    /// <summary>True if no living client was taking or releasing the lock, so every part is known exactly.</summary>
    public bool IsSettled { get; }

    public int LivingReaders { get; }

    public int LivingWriters { get; }

    /// <summary>Dead rows that may have a part.</summary>
    public int DeadReaders { get; }

    /// <summary>Dead rows that may have a part.</summary>
    public int DeadWriters { get; }

    /// <summary>Living clients that are taking or releasing the lock.</summary>
    public int MovingReaders { get; }

    /// <summary>Living clients that are taking or releasing the lock.</summary>
    public int MovingWriters { get; }

    /// <summary>Marks without a living owner. A living client that is taking or releasing the lock counts as an owner.</summary>
    public int LeftMarks => System.Math.Max(0, Word.MarkedReaders - LivingReaders - MovingReaders);

    /// <summary>True if a marked writer has no living owner.</summary>
    public bool HasLeftWriter => Word.IsOwnWriter && LivingWriters + MovingWriters == 0;

    /// <summary>True if dead ones have a part of the word for certain.</summary>
    public bool HasDeadPart => (LeftMarks > 0 && DeadReaders > 0) || (HasLeftWriter && DeadWriters > 0);

    /// <summary>Marks without a row, living or dead: rows have been lost.</summary>
    public int LostMarks => System.Math.Max(0, LeftMarks - DeadReaders);

    /// <summary>True if a marked writer has no row, living or dead.</summary>
    public bool HasLostWriter => HasLeftWriter && DeadWriters == 0;

    /// <summary>True if the word does not show what a living owner has.</summary>
    public bool IsLivingPartMissing =>
        IsSettled && (Word.MarkedReaders < LivingReaders || (LivingWriters > 0 && !Word.IsOwnWriter) || LivingWriters > 1);

    /// <summary>The living ones' part of the word.</summary>
    public uint LivingPart => LivingWriters > 0 ? LockWord.OwnWriter : (uint)LivingReaders * LockWord.OwnReader;

    /// <summary>The word of a memory whose companion has ended with all who had a row in it.</summary>
    public static LockCount OfEndedRows(ILockable memory) =>
        new(new LockWord(memory.ReadWord()), new List<CountedRow>(), isStable: true, rowsEnded: true);

    /// <summary>Reads everything.</summary>
    public static LockCount Take(LockTable? table, ILockable memory)
    {
        List<CountedRow> rows = new();
        if (table is null)
            return new LockCount(new LockWord(memory.ReadWord()), rows, isStable: true);
        byte* first = stackalloc byte[HoldersLayout.Size];
        byte* second = stackalloc byte[HoldersLayout.Size];
        table.Snapshot(first);
        for (int i = 1; i < HoldersLayout.RowCount; i++)
        {
            LockRow row = LockRow.Read(first, i);
            if (row.State != LockRowState.Free)
                rows.Add(new CountedRow(row, table.IsDead(in row), LockRowText.Read(first, i)));
        }

        LockWord value = new(memory.ReadWord());

        // Fence: the second look is not older than the word. Partner: a row's state is written before and after the word changes.
        Thread.MemoryBarrier();
        table.Snapshot(second);
        bool stable = true;
        for (int i = 1; i < HoldersLayout.RowCount && stable; i++)
        {
            LockRow before = LockRow.Read(first, i);
            LockRow after = LockRow.Read(second, i);
            stable = (!before.MayHold && !after.MayHold) || before.IsSameMoment(in after);
        }

        // A waiter that has left, its row perhaps taken by another client, is neither a living waiter nor a dead one.
        for (int i = rows.Count - 1; i >= 0; i--)
        {
            LockRow seen = rows[i].Row;
            if (seen.State != LockRowState.Waiting)
                continue;
            if (!LockRow.Read(second, seen.Index).IsSameClaim(in seen) || (!rows[i].IsDead && table.IsProcessGone(in seen)))
                rows.RemoveAt(i);
        }

        return new LockCount(value, rows, stable);
    }

    /// <summary>Reads everything, and repeats that for a limited time until no client is taking or releasing the lock.</summary>
    public static LockCount TakeSettled(LockTable? table, ILockable memory)
    {
        Deadline deadline = Deadline.After(SettlingTime);
        while (true)
        {
            LockCount count = Take(table, memory);
            if (count.IsSettled || deadline.IsOver)
                return count;
            memory.Pause(1, CancellationToken.None);
        }
    }
}
