using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.PowerShell.Advice;

namespace WinMmf.PowerShell.Session;

/// <summary>The lock around one reading or writing.</summary>
internal static class DataLock
{
    /// <summary>Takes the lock, unless the session has it already.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="mode">For reading or writing.</param>
    /// <param name="held">How the session has locked the memory; null if it has not.</param>
    /// <param name="owner">The session.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="label">A label for display.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Gives the lock back when disposed of; null if the session's own lock is enough and stays.</returns>
    /// <exception cref="WinMmfException">
    /// Timeout with who has it; AlreadyLocked for writing under a lock for reading; all else that taking a lock reports.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SharedMemoryLock? Take(NamedMemory memory, LockMode mode, LockMode? held, LockOwner? owner, TimeSpan timeout,
        string label, CancellationToken cancellationToken)
    {
        if (held == LockMode.Write || held == mode)
            return null;
        if (held is not null)
            throw new WinMmfException(WinMmfErrorId.AlreadyLocked,
                $"This session has locked {memory.Name} for reading, and others may read meanwhile.",
                NameFacts.Of(memory.Name) with { Operation = ErrorOperation.Lock });
        try
        {
            return memory.Lock(mode, timeout, owner, label, cancellationToken);
        }
        catch (WinMmfException e) when (mode == LockMode.Read && e.ErrorId == WinMmfErrorId.AccessDenied)
        {
            throw new WinMmfException(
                WinMmfErrorId.AccessDenied, e.Message, e.Facts with { Operation = ErrorOperation.Lock }, e.NativeErrorCode, e);
        }
    }
}
