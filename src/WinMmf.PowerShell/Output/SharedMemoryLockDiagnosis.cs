using System;
using System.Linq;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;

namespace WinMmf.PowerShell.Output;

/// <summary>What is wrong with a lock, if anything is; the evidence; and what to do next.</summary>
public sealed class SharedMemoryLockDiagnosis
{
    internal SharedMemoryLockDiagnosis(LockReport report, LockSample? sample)
    {
        Name = report.Name.Name;
        Scope = report.Name.Scope.ToString();
        Verdict = report.Verdict.ToString();
        Activity = (sample?.Activity ?? LockActivity.NotSampled).ToString();
        Evidence = sample is null ? [.. report.Evidence] : [.. report.Evidence, sample.Describe()];
        NextCommand = LockAdvice.NextCommand(report, sample);
        Owners = [.. report.Owners.Select(static owner => new LockParticipant(owner))];
        Waiters = [.. report.Waiters.Select(static waiter => new LockParticipant(waiter))];
        IsSuspect = report.IsSuspect;
        Word = report.Word.Value;
        Changes = sample?.Changes;
        TakenAt = LocalTime.Of(report.TakenAt);
    }

    /// <summary>The memory's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; }

    /// <summary>Free, Held, Waiting, Abandoned, Uncertain, Foreign or Corrupt.</summary>
    public string Verdict { get; }

    /// <summary>What -Sample saw: Idle, Busy or Stuck.</summary>
    public string Activity { get; }

    /// <summary>The evidence for the verdict, in sentences.</summary>
    public string[] Evidence { get; }

    /// <summary>The command to run next.</summary>
    public string NextCommand { get; }

    /// <summary>Who has it, dead ones included.</summary>
    public LockParticipant[] Owners { get; }

    /// <summary>Who waits for it, in the order of their coming.</summary>
    public LockParticipant[] Waiters { get; }

    /// <summary>True if a writer died with the lock and no WinMmf program has written since.</summary>
    public bool IsSuspect { get; }

    /// <summary>The lock word.</summary>
    public uint Word { get; }

    /// <summary>How often the owner changed while -Sample watched.</summary>
    public int? Changes { get; }

    /// <summary>When it was looked at (local time).</summary>
    public DateTime TakenAt { get; }

    /// <summary>The name with its scope in front.</summary>
    public override string ToString() => $"{Scope}\\{Name}: {Verdict}";
}
