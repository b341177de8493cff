using System;
using System.Linq;
using WinMmf.Locking;
using WinMmf.Names;

namespace WinMmf.PowerShell.Output;

/// <summary>The lock of one memory as it was at one moment.</summary>
public sealed class SharedMemoryLockInfo
{
    internal SharedMemoryLockInfo(LockReport report)
    {
        Name = report.Name.Name;
        Scope = report.Name.Scope.ToString();
        Verdict = report.Verdict.ToString();
        State = report.Word.ToString();
        Owners = [.. report.Owners.Select(static owner => new LockParticipant(owner))];
        Waiters = [.. report.Waiters.Select(static waiter => new LockParticipant(waiter))];
        Readers = report.Word.Readers;
        IsWriteLocked = report.Word.IsWriteLocked;
        ForeignReaders = report.ForeignReaders;
        HasForeignWriter = report.HasForeignWriter;
        IsSuspect = report.IsSuspect;
        Word = report.Word.Value;
        TakenAt = LocalTime.Of(report.TakenAt);
    }

    /// <summary>The memory's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; }

    /// <summary>Free, Held, Waiting, Abandoned, Uncertain, Foreign or Corrupt.</summary>
    public string Verdict { get; }

    /// <summary>What the lock word says: Free, Reading(N), Writing …</summary>
    public string State { get; }

    /// <summary>Who has it, dead ones included.</summary>
    public LockParticipant[] Owners { get; }

    /// <summary>The waiters, in order of arrival.</summary>
    public LockParticipant[] Waiters { get; }

    /// <summary>Readers, those of other programs included.</summary>
    public int Readers { get; }

    /// <summary>True while a writer has it.</summary>
    public bool IsWriteLocked { get; }

    /// <summary>Readers that are other programs, of which nothing is known.</summary>
    public int ForeignReaders { get; }

    /// <summary>True if the writer is another program, of which nothing is known.</summary>
    public bool HasForeignWriter { get; }

    /// <summary>True if a writer died with the lock and no WinMmf program has written since: the data may be half written.</summary>
    public bool IsSuspect { get; }

    /// <summary>The lock word.</summary>
    public uint Word { get; }

    /// <summary>When it was looked at (local time).</summary>
    public DateTime TakenAt { get; }

    /// <summary>The name with its scope in front.</summary>
    public override string ToString() => $"{Scope}\\{Name}: {Verdict}";
}
