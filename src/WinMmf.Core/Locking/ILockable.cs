using System.Threading;
using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.Locking;

/// <summary>
/// A memory with a lock word: what the lock needs of it. All steps of the lock that touch shared memory are made of these and of those of
/// <see cref="LockTable"/>, so that a test can put them into any order.
/// </summary>
internal unsafe interface ILockable
{
    /// <summary>Name and scope.</summary>
    SharedName Name { get; }

    /// <summary>True if the word may be written, and so the lock taken.</summary>
    bool IsWritable { get; }

    /// <summary>The lock word's address, for <see cref="LockTable.Wait"/> and <see cref="LockTable.Wake"/>; checked to be there.</summary>
    /// <exception cref="WinMmfException">Truncated.</exception>
    uint* WordAddress { get; }

    /// <summary>Reads the lock word; acquire.</summary>
    /// <exception cref="WinMmfException">Truncated.</exception>
    uint ReadWord();

    /// <summary>Replaces the lock word if it is still there; a full fence.</summary>
    /// <exception cref="WinMmfException">Truncated.</exception>
    bool TryExchangeWord(uint from, uint to);

    /// <summary>Lets other threads run; only the token ends it early.</summary>
    /// <param name="milliseconds">How long; 0: some hundred cycles.</param>
    /// <param name="cancellation">Ends it.</param>
    void Pause(int milliseconds, CancellationToken cancellation);

    /// <summary>The locks of this mapping.</summary>
    MemoryLocks Locks { get; }
}
