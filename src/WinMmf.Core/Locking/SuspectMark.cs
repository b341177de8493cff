using System;
using System.Globalization;
using WinMmf.Processes;

namespace WinMmf.Locking;

/// <summary>
/// The mark on a memory whose writer died with the lock: the data may be half written. It stands until data is written under the lock
/// (<see cref="SharedMemoryLock.MarkWritten"/>) or found good (<see cref="SharedMemoryLock.TrustContent"/>).
/// </summary>
public sealed class SuspectMark
{
    internal SuspectMark(DateTime since, ProcessIdentity writer)
    {
        Since = since;
        Writer = writer;
    }

    /// <summary>When the dead writer's lock was freed, UTC.</summary>
    public DateTime Since { get; }

    /// <summary>The process that died with the lock; empty if that is not known.</summary>
    public ProcessIdentity Writer { get; }

    /// <summary>
    /// A sentence for display. It claims no more than is known: other programs than WinMmf's leave no trace of their writing.
    /// </summary>
    public override string ToString()
    {
        string who = Writer.IsEmpty ? "a writer" : string.Format(CultureInfo.InvariantCulture, "process {0}", Writer.ProcessId);
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0} died with the lock for writing (freed {1:yyyy-MM-dd HH:mm:ss} UTC), and no WinMmf program has written since, so the data "
                + "may be half written",
            who,
            Since);
    }
}
