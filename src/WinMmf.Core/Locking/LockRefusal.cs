using System.Collections.Generic;

namespace WinMmf.Locking;

/// <summary>Why a lock could not be had, in sentences for an error: who has it, since when, and what to run next.</summary>
internal static class LockRefusal
{
    /// <summary>Looks at the lock of a memory that just could not be had.</summary>
    public static string Explain(ILockable memory) => Explain(LockJudge.Judge(memory));

    /// <summary>The same from a report. Whoever asks still stands in it as a waiter, so waiters are not named.</summary>
    public static string Explain(LockReport report)
    {
        string debug = $"Debug-SharedMemoryLock {LockJudge.Quote(report.Name.Name)} -Scope {report.Name.Scope}";
        string who = $"It is held by {string.Join("; ", Holders(report))}.";
        return report.Verdict switch
        {
            LockVerdict.Free => "It changed hands all the time and is free now. Try again, or wait longer with -TimeoutSec.",
            LockVerdict.Held or LockVerdict.Waiting => $"{who} Wait longer with -TimeoutSec, or see whether it goes on: {report.NextCommand}",
            LockVerdict.Abandoned => $"{who} What a dead process has stays until somebody frees it: {report.NextCommand}",
            LockVerdict.Foreign => $"{who} Whether such a program lives cannot be seen. If you know that it has ended: {report.NextCommand}",
            LockVerdict.Corrupt => $"The lock word is damaged: {report.Evidence[0]} To see more: {debug}",
            _ => $"{(report.Owners.Count > 0 ? who + " " : "")}Whether all who have it live could not be decided. To see why: {debug}",
        };
    }

    private static IEnumerable<string> Holders(LockReport report)
    {
        foreach (LockParty owner in report.Owners)
            yield return owner.ToString();
        if (report.HasForeignWriter)
            yield return "a writer that left no row (a program that knows winmmf's layout only)";
        if (report.ForeignReaders > 0)
            yield return $"{report.ForeignReaders} reader(s) that left no row (programs that know winmmf's layout only)";
    }
}
