using System.Collections.Generic;
using WinMmf.Locking;
using WinMmf.Names;

namespace WinMmf.Management.Locks;

/// <summary>What a recovery did.</summary>
internal sealed class LockRecoveryReport
{
    internal LockRecoveryReport(
        LockReport before, LockReport after, IReadOnlyList<LockParty> freed, LockWord from, LockWord to, IReadOnlyList<string> steps)
    {
        Before = before;
        After = after;
        Freed = freed;
        From = from;
        To = to;
        Steps = steps;
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name => Before.Name;

    /// <summary>The lock as it was looked at before.</summary>
    public LockReport Before { get; }

    /// <summary>The lock as it was looked at after.</summary>
    public LockReport After { get; }

    /// <summary>The dead owners whose part was freed, and those that had left only a row.</summary>
    public IReadOnlyList<LockParty> Freed { get; }

    /// <summary>The word that was replaced.</summary>
    public LockWord From { get; }

    /// <summary>The word that was put in its place.</summary>
    public LockWord To { get; }

    /// <summary>What was done, in sentences.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>True if the word was changed.</summary>
    public bool HasChanged => From.Value != To.Value;

    /// <summary>Foreign readers that were removed.</summary>
    public int RemovedForeignReaders => From.ForeignReaders - To.ForeignReaders;

    /// <summary>True if a foreign writer was removed.</summary>
    public bool RemovedForeignWriter => From.IsForeignWriter && !To.IsForeignWriter;
}
