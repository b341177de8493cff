using System;
using System.Threading;
using WinMmf.Diagnostics;
using WinMmf.Locking;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

/// <summary>The lock around one reading or writing.</summary>
internal static class DataLock
{
    /// <summary>Takes the lock.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="mode">For reading or writing.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="label">Who has it, for people who look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WinMmfException">Timeout with who has it, and all else that taking a lock reports.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IDisposable Take(NamedMemory memory, LockMode mode, TimeSpan timeout, string label, CancellationToken cancellationToken)
    {
        try
        {
            return memory.Lock(mode, timeout, null, label, cancellationToken);
        }
        catch (WinMmfException e) when (mode == LockMode.Read && e.ErrorId == WinMmfErrorId.AccessDenied)
        {
            throw new WinMmfException(WinMmfErrorId.AccessDenied, $"{e.Message} Or read with -NoLock, which may meet half-written data.", e.NativeErrorCode, e);
        }
    }
}
