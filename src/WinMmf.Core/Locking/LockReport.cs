using System;
using System.Collections.Generic;
using WinMmf.Names;

namespace WinMmf.Locking;

/// <summary>The lock of one memory as it was at one moment, with a verdict and what it rests on.</summary>
internal sealed class LockReport
{
    internal LockReport(SharedName name, LockCount count)
    {
        Name = name;
        Count = count;
        TakenAt = DateTime.UtcNow;
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>When it was looked at, UTC.</summary>
    public DateTime TakenAt { get; }

    /// <summary>What can be said.</summary>
    public LockVerdict Verdict { get; internal set; }

    /// <summary>The lock word.</summary>
    public LockWord Word => Count.Word;

    /// <summary>Who has it, dead ones included; without those programs that leave no row.</summary>
    public IReadOnlyList<LockParty> Owners { get; internal set; } = Array.Empty<LockParty>();

    /// <summary>Who waits for it, in the order of their coming; living ones only.</summary>
    public IReadOnlyList<LockParty> Waiters { get; internal set; } = Array.Empty<LockParty>();

    /// <summary>Readers that left no row.</summary>
    public int ForeignReaders => Word.ForeignReaders;

    /// <summary>True if a writer that left no row has it.</summary>
    public bool HasForeignWriter => Word.IsForeignWriter;

    /// <summary>True if the memory has a companion in which owners write themselves down.</summary>
    public bool HasRows { get; internal set; }

    /// <summary>The mark that a dead writer's data has; null if there is none.</summary>
    public SuspectMark? Suspect { get; internal set; }

    /// <summary>True while the data may be half written: it has the mark, or a writer that died has the lock still.</summary>
    public bool IsSuspect => Suspect is not null || Count.HasLeftWriter && Count.DeadWriters > 0;

    /// <summary>What the verdict rests on, in sentences.</summary>
    public IReadOnlyList<string> Evidence { get; internal set; } = Array.Empty<string>();

    /// <summary>
    /// True for a verdict of Uncertain that time may settle: a process was in the middle of taking the lock or giving it back. False
    /// if rows were lost, which no further look brings back.
    /// </summary>
    public bool MaySettle => Verdict == LockVerdict.Uncertain && Count.LostMarks == 0 && !Count.HasLostWriter;

    internal LockCount Count { get; }
}
