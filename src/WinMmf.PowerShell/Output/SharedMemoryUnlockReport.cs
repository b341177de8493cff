using System.Collections.Generic;
using System.Linq;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Names;

namespace WinMmf.PowerShell.Output;

/// <summary>What Unlock-SharedMemory -Force did.</summary>
public sealed class SharedMemoryUnlockReport
{
    internal SharedMemoryUnlockReport(LockRecoveryReport report, IReadOnlyList<string> steps, bool isSuspect)
    {
        Name = report.Name.Name;
        Scope = report.Name.Scope.ToString();
        Before = report.Before.Verdict.ToString();
        After = report.After.Verdict.ToString();
        HasChanged = report.HasChanged;
        Freed = [.. report.Freed.Select(static owner => new LockParticipant(owner))];
        RemovedForeignReaders = report.RemovedForeignReaders;
        RemovedForeignWriter = report.RemovedForeignWriter;
        IsSuspect = isSuspect;
        WordBefore = report.From.Value;
        WordAfter = report.To.Value;
        Steps = [.. steps];
    }

    /// <summary>The memory's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; }

    /// <summary>The verdict before.</summary>
    public string Before { get; }

    /// <summary>The verdict after.</summary>
    public string After { get; }

    /// <summary>True if part of the lock was freed; false if at most rows without a part were cleared.</summary>
    public bool HasChanged { get; }

    /// <summary>The dead owners whose part or row was freed.</summary>
    public LockParticipant[] Freed { get; }

    /// <summary>Readers of other programs that were removed.</summary>
    public int RemovedForeignReaders { get; }

    /// <summary>True if a writer of another program was removed.</summary>
    public bool RemovedForeignWriter { get; }

    /// <summary>True if the data may be half written.</summary>
    public bool IsSuspect { get; }

    /// <summary>The word that was replaced.</summary>
    public uint WordBefore { get; }

    /// <summary>The word that was put in its place.</summary>
    public uint WordAfter { get; }

    /// <summary>What was done, in sentences.</summary>
    public string[] Steps { get; }

    /// <summary>The name with its scope in front.</summary>
    public override string ToString() => $"{Scope}\\{Name}: {Before} -> {After}";
}
