using WinMmf.Locking;
using WinMmf.Management.Locks;

namespace WinMmf.PowerShell.Advice;

/// <summary>Which command to run next about a lock.</summary>
internal static class LockAdvice
{
    /// <summary>The next command.</summary>
    /// <param name="report">How the lock is.</param>
    /// <param name="sample">What watching it showed; null if it was looked at once.</param>
    public static string NextCommand(LockReport report, LockSample? sample)
    {
        bool isHeld = report.Verdict is LockVerdict.Held or LockVerdict.Waiting;
        if (isHeld && sample is { Activity: LockActivity.Stuck })
        {
            foreach (LockParty owner in report.Owners)
            {
                if (owner.IsAlive)
                    return $"Get-Process -Id {owner.Process.ProcessId}";
            }
        }

        CommandText command = report.Verdict switch
        {
            LockVerdict.Free =>
                new CommandText("Lock-SharedMemory").On(report.Name).WithWord("Mode", nameof(LockMode.Write)).With("TimeoutSec", 5),
            _ when isHeld || report.MaySettle => new CommandText("Debug-SharedMemoryLock").On(report.Name).With("Sample", 5),

            // Who has the memory open comes first: freeing a living reader of the crate winmmf ends its program (docs/winmmf.md).
            LockVerdict.Foreign => new CommandText("Get-SharedMemoryHolder").On(report.Name),
            LockVerdict.Abandoned => new CommandText("Unlock-SharedMemory").On(report.Name).Switch("Force"),
            _ => new CommandText("Unlock-SharedMemory").On(report.Name).Switch("Force").Switch("IncludeForeign"),
        };
        return command.ToString();
    }
}
