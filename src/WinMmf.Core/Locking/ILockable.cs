using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.Locking;

/// <summary>A memory with a lock word: what the lock needs of it.</summary>
internal unsafe interface ILockable
{
    /// <summary>Name and scope.</summary>
    SharedName Name { get; }

    /// <summary>True if the word may be written, and so the lock taken.</summary>
    bool IsWritable { get; }

    /// <summary>The lock word's address, checked to be there.</summary>
    /// <exception cref="WinMmfException">Truncated.</exception>
    uint* WordAddress { get; }

    /// <summary>The locks of this mapping.</summary>
    MemoryLocks Locks { get; }
}
