using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Management.Locks;

/// <summary>Frees what dead owners have of a lock (design L6). A living owner never loses it.</summary>
internal static unsafe class LockRecovery
{
    /// <summary>What freeing would do.</summary>
    /// <param name="report">The lock, just looked at.</param>
    /// <param name="ownerId">Only this owner (<see cref="LockParty.OwnerId"/>, or its process id alone); null: all that are dead.</param>
    /// <param name="includeForeign">Remove the part of programs that leave no row, too: only if they are known to be dead.</param>
    /// <returns>Sentences; empty if there is nothing to do.</returns>
    /// <exception cref="WinMmfException">
    /// LockHeld for living owners (with who they are), LockUndecided, NotFound for an owner that is not there.
    /// </exception>
    public static IReadOnlyList<string> Plan(LockReport report, string? ownerId = null, bool includeForeign = false)
    {
        List<LockParty> dead = report.Owners.Where(static owner => !owner.IsAlive).ToList();
        LockParty? wanted = ownerId is null ? null : Find(report, ownerId);
        if (wanted is not null)
        {
            if (wanted.IsAlive)
                throw Held(report, [wanted]);
            dead.RemoveAll(owner => owner.State == nameof(LockRowState.Held) && owner.OwnerId != wanted.OwnerId);
        }

        LockCount count = report.Count;
        List<string> steps = new();
        foreach (LockParty owner in dead)
            steps.Add($"Free what {owner.OwnerId} has of it: {owner}.");
        if (count.HasEndedRows)
        {
            steps.Add($"Free the part of {Math.Max(count.DeadReaders, count.DeadWriters)} WinMmf program(s) that are dead: the list that "
                + "named them ended with the last of them.");
        }

        if (count.HasLeftWriter && count.DeadWriters > 0)
            steps.Add("Mark the content as suspect until it is written again, since a writer died.");
        if (includeForeign)
        {
            if (report.HasForeignWriter)
                steps.Add("Remove a writer that left no row, and mark the content as suspect.");
            if (report.ForeignReaders > 0 && report.Word.Fault is null)
                steps.Add($"Remove {report.ForeignReaders} reader(s) that left no row.");
            if (count.LostMarks > 0 || count.HasLostWriter || report.Word.Fault is not null || count.IsLivingPartMissing)
                steps.Add($"Make the word show what living owners have and nothing else: 0x{report.Word.Value:X8} becomes "
                    + $"0x{count.LivingPart:X8}.");
        }

        if (steps.Count > 0 || report.Verdict == LockVerdict.Free)
            return steps;
        throw report.Verdict is LockVerdict.Held or LockVerdict.Waiting
            ? Held(report, report.Owners)
            : Undecided(report);
    }

    /// <summary>Frees what dead owners have of a lock.</summary>
    /// <param name="name">The memory.</param>
    /// <param name="ownerId">Only this owner (<see cref="LockParty.OwnerId"/>, or its process id alone); null: all that are dead.</param>
    /// <param name="includeForeign">Remove the part of programs that leave no row, too: only if they are known to be dead.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="WinMmfException">
    /// LockHeld for living owners (with who they are), LockUndecided, NotFound, NotReady if another rescuer is at work, AccessDenied,
    /// Truncated.
    /// </exception>
    public static LockRecoveryReport Recover(
        SharedName name, string? ownerId = null, bool includeForeign = false, CancellationToken cancellation = default)
    {
        using NamedMemory memory = NamedMemory.Open(name.Name, name.Scope, writable: true);
        return Recover(memory, ownerId, includeForeign, cancellation);
    }

    /// <summary>Frees what dead owners have of the lock of an open memory: of that one, wherever its name leads by now.</summary>
    /// <param name="memory">The memory, open for writing.</param>
    /// <param name="ownerId">As of the other.</param>
    /// <param name="includeForeign">As of the other.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="WinMmfException">As the other.</exception>
    public static LockRecoveryReport Recover(
        NamedMemory memory, string? ownerId = null, bool includeForeign = false, CancellationToken cancellation = default)
    {
        SharedName name = memory.Name;
        LockReport before = LockInspector.Inspect(memory);
        IReadOnlyList<string> steps = Plan(before, ownerId, includeForeign);
        using LockTable? table = memory.Locks.OpenTable();
        if (table is null)
            return RecoverWord(memory, before, steps, includeForeign);

        LockRescue rescue = new(memory, table, cancellation)
        {
            OnlyOwner = ownerId is null ? null : Find(before, ownerId).OwnerId,
            IncludeForeign = includeForeign,
        };
        LockRescue.Outcome outcome = rescue.Run(new LockOwner().Token);
        LockReport after = LockInspector.Inspect(memory);
        switch (outcome)
        {
            case LockRescue.Outcome.Busy:
                throw new WinMmfException(WinMmfErrorId.NotReady,
                    $"Another process has been recovering the lock of {name} for seconds; it is probably stopped.",
                    name.ToFacts() with { Operation = ErrorOperation.Recover });
            case LockRescue.Outcome.NotSettled:
                throw new WinMmfException(WinMmfErrorId.LockUndecided,
                    $"The lock of {name} was not touched: a living process has stayed in the middle of taking it or giving it back "
                        + $"({Moving(after)}); it is probably stopped.",
                    name.ToFacts() with
                    {
                        Operation = ErrorOperation.Recover,
                        State = after.Verdict.ToString(),
                        ProcessId = LockRefusal.FindHolder(after),
                    });
            case LockRescue.Outcome.Undecided:
                throw Undecided(after);
        }

        LockCount acted = rescue.Count!;
        List<LockParty> freed = rescue.Freed.Select(row => new LockParty(row, null)).ToList();
        return new LockRecoveryReport(before, after, freed, acted.Word, rescue.Result, steps);
    }

    /// <summary>
    /// Ends the mark that a dead writer left, because the caller has checked the data and found it good. Takes the lock for reading
    /// meanwhile, so it is never ended under a writer.
    /// </summary>
    /// <param name="name">The memory.</param>
    /// <param name="timeout">How long to wait for the lock; zero: try once; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The mark that was ended; null if there was none.</returns>
    /// <exception cref="WinMmfException">Timeout with who has the lock, and all else that taking it reports.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    public static SuspectMark? Trust(SharedName name, TimeSpan timeout, CancellationToken cancellation = default)
    {
        Deadline deadline = Deadline.After(timeout);
        using NamedMemory memory = NamedMemory.Open(name.Name, name.Scope, writable: true);
        return Trust(memory, deadline.Left, cancellation);
    }

    /// <summary>Ends the mark on an open memory.</summary>
    /// <param name="memory">The memory, open for writing.</param>
    /// <param name="timeout">As of the other.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The mark that was ended; null if there was none.</returns>
    /// <exception cref="WinMmfException">As the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    public static SuspectMark? Trust(NamedMemory memory, TimeSpan timeout, CancellationToken cancellation = default)
    {
        Deadline deadline = Deadline.After(timeout);
        if (memory.Suspect is null)
            return null;
        using SharedMemoryLock held = memory.Lock(LockMode.Read, deadline.Left, null, "trust", cancellation);
        SuspectMark? mark = memory.Suspect;
        held.TrustContent();
        held.Release();
        return mark;
    }

    private static LockRecoveryReport RecoverWord(NamedMemory memory, LockReport before, IReadOnlyList<string> steps, bool includeForeign)
    {
        // No client has a row here, so no owner is certain, and only the person who asks for it can decide.
        if (before.Verdict != LockVerdict.Free && (!includeForeign || !((ILockable)memory).TryExchangeWord(before.Word.Value, 0)))
            throw Undecided(LockInspector.Inspect(memory));
        LockReport after = LockInspector.Inspect(memory);
        return new LockRecoveryReport(before, after, new List<LockParty>(), before.Word, new LockWord(0), steps);
    }

    private static LockParty Find(LockReport report, string ownerId) =>
        report.Owners.OrderBy(static owner => owner.IsAlive)
            .FirstOrDefault(owner => string.Equals(owner.OwnerId, ownerId, StringComparison.OrdinalIgnoreCase)
                || owner.OwnerId.StartsWith(ownerId + ".", StringComparison.Ordinal))
        ?? throw new WinMmfException(
            WinMmfErrorId.LockOwnerNotFound, $"The lock of {report.Name} has no owner '{ownerId}'.", report.Name.ToFacts());

    private static string Moving(LockReport report)
    {
        IEnumerable<LockParty> moving = report.Owners.Where(static owner => owner.IsAlive && owner.State != nameof(LockRowState.Held));
        string text = string.Join("; ", moving);
        return text.Length == 0 ? "it has just gone on" : text;
    }

    private static WinMmfException Held(LockReport report, IReadOnlyList<LockParty> owners) => new(
        WinMmfErrorId.LockHeld,
        $"The lock of {report.Name} is not taken from a living owner: {string.Join("; ", owners)}.",
        report.Name.ToFacts() with
        {
            State = report.Verdict.ToString(),
            ProcessId = (int?)owners.FirstOrDefault(static owner => owner.IsAlive)?.Process.ProcessId,
        });

    private static WinMmfException Undecided(LockReport report) => new(
        WinMmfErrorId.LockUndecided,
        $"The lock of {report.Name} cannot be freed for certain (verdict {report.Verdict}). {string.Join(" ", report.Evidence)}",
        report.Name.ToFacts() with { State = report.Verdict.ToString() });
}
