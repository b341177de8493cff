using System.Collections.Generic;

namespace WinMmf.Locking;

/// <summary>Why a lock could not be taken, in sentences for an error: who holds it, and since when.</summary>
internal static class LockRefusal
{
    /// <summary>Explains a report. The caller itself is still among the waiters, so waiters are not named.</summary>
    public static string Explain(LockReport report)
    {
        string who = $"It is held by {string.Join("; ", Holders(report))}.";
        return report.Verdict switch
        {
            LockVerdict.Free => "It changed hands all the time and is free now.",
            LockVerdict.Held or LockVerdict.Waiting => who,
            LockVerdict.Abandoned => $"{who} What a dead process holds is kept until it is freed on purpose.",
            LockVerdict.Foreign => $"{who} Whether such a program is alive cannot be seen.",
            LockVerdict.Corrupt => $"The lock word is damaged: {report.Evidence[0]}",
            _ => $"{(report.Owners.Count > 0 ? who + " " : "")}Whether all holders are alive could not be decided.",
        };
    }

    /// <summary>The process of the first living holder; null if there is none that left a row.</summary>
    public static int? FindHolder(LockReport report)
    {
        foreach (LockParty owner in report.Owners)
        {
            if (owner.IsAlive)
                return (int)owner.Process.ProcessId;
        }

        return null;
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
