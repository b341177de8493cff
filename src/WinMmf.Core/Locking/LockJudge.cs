using System.Collections.Generic;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Locking;

/// <summary>Says how a lock stands and why, without touching it (design L5).</summary>
internal static unsafe class LockJudge
{
    /// <summary>Looks at the lock of an open memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <exception cref="WinMmfException">Truncated.</exception>
    public static LockReport Judge(ILockable memory)
    {
        LockTable? table = memory.Locks.Table;
        LockCount count = table is null && memory.Locks.Tables.ProvesThatAllAreDead(memory.Name)
            ? LockCount.OfEndedRows(memory)
            : LockCount.TakeSettled(table, memory);
        return Judge(memory.Locks.Processes, memory.Name, table, count);
    }

    private static LockReport Judge(IProcessProbe processes, SharedName name, LockTable? table, LockCount count)
    {
        LockReport report = new(name, count) { HasRows = table is not null, Suspect = table?.ReadSuspect() };
        report.Owners = Parties(processes, count, static row => row.Row.MayHold);
        report.Waiters = Parties(processes, count, static row => row.Row.State == LockRowState.Waiting && !row.IsDead);
        report.Verdict = JudgeVerdict(count, report.Waiters.Count > 0);
        report.Evidence = Explain(report, count);
        return report;
    }

    private static LockVerdict JudgeVerdict(LockCount count, bool hasWaiters)
    {
        if (count.Word.Fault is not null || count.IsLivingPartMissing)
            return LockVerdict.Corrupt;
        if (count.Word.IsFree)
            return LockVerdict.Free;
        if (count.HasDeadPart)
            return LockVerdict.Abandoned;
        bool undecided = !count.IsSettled && count.DeadReaders + count.DeadWriters > 0
            && (count.Word.MarkedReaders > count.LivingReaders || count.Word.IsOwnWriter);
        if (count.LostMarks > 0 || count.HasLostWriter || undecided)
            return LockVerdict.Uncertain;
        if (count.Word.MarkedReaders > 0 || count.Word.IsOwnWriter)
            return hasWaiters ? LockVerdict.Waiting : LockVerdict.Held;
        return LockVerdict.Foreign;
    }

    private static List<LockParty> Parties(IProcessProbe processes, LockCount count, System.Func<CountedRow, bool> isWanted)
    {
        List<LockParty> parties = new();
        foreach (CountedRow row in count.Rows.Where(isWanted).OrderBy(static row => row.Row.Ticket))
            parties.Add(new LockParty(row, row.IsDead ? null : processes.FindProgramName(row.Row.Process)));
        return parties;
    }

    private static List<string> Explain(LockReport report, LockCount count)
    {
        LockWord word = count.Word;
        List<string> evidence = new() { $"The lock word is 0x{word.Value:X8}: {(word.Fault is string fault ? fault : Describe(word))}." };
        foreach (LockParty owner in report.Owners)
            evidence.Add(Explain(owner));
        if (count.HasEndedRows)
        {
            evidence.Add("The list of holders is gone, and Windows keeps it as long as one of them lives: all WinMmf programs that have a "
                + "part of the lock are dead.");
        }
        else if (count.LeftMarks > 0 && count.DeadReaders > 0)
        {
            evidence.Add($"Of {word.MarkedReaders} marked readers {count.LivingReaders} have a living owner; "
                + $"{System.Math.Min(count.LeftMarks, count.DeadReaders)} are the dead ones'.");
        }

        if (count.LostMarks > 0)
            evidence.Add($"{count.LostMarks} marked reader(s) have no row, living or dead: rows were lost.");
        if (count.HasLostWriter)
            evidence.Add(report.HasRows
                ? "The writer is marked as WinMmf's but has no row, living or dead: rows were lost."
                : "The writer is marked as WinMmf's, but the list of holders is gone or may not be read.");
        if (count.IsLivingPartMissing)
            evidence.Add("The word does not show what a living owner has: another program changed it, or it was freed by hand.");
        if (word.ForeignReaders > 0 && word.Fault is null)
            evidence.Add(
                $"{word.ForeignReaders} reader(s) left no row: programs that know winmmf's layout only. Whether they live cannot be seen.");
        if (word.IsForeignWriter && word.Fault is null)
            evidence.Add("The writer left no row: a program that knows winmmf's layout only. Whether it lives cannot be seen.");
        if (!count.IsSettled)
            evidence.Add("During the whole examination a client was taking or releasing the lock. A process that was stopped at that "
                + "point looks the same.");
        if (report.Waiters.Count > 0)
            evidence.Add($"{report.Waiters.Count} wait(s), the first since {report.Waiters[0].Since:HH:mm:ss} UTC.");
        if (report.Suspect is SuspectMark mark)
            evidence.Add($"The content is suspect: {mark}.");
        else if (report.IsSuspect)
            evidence.Add("The content is suspect: the writer that died has the lock still, so the data may be half written.");
        return evidence;
    }

    private static string Explain(LockParty owner)
    {
        string what = owner.State switch
        {
            nameof(LockRowState.Held) => "has it",
            nameof(LockRowState.Intent) => owner.IsAlive ? "is taking it" : "died while it took it",
            _ => owner.IsAlive ? "is giving it back" : "died while it gave it back, or while it was recovered",
        };
        return $"{owner.OwnerId}: {owner}; {what}.";
    }

    private static string Describe(LockWord word) =>
        word.IsFree ? "no client has the lock"
        : word.IsWriteLocked ? (word.IsOwnWriter ? "a writer, marked as WinMmf's" : "a writer without a mark")
        : $"{word.Readers} reader(s), {word.MarkedReaders} of them marked as WinMmf's";
}
