using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform;

/// <summary>Plain memories and their companions (protocol section 8).</summary>
internal interface IMemoryStore
{
    /// <summary>Makes a memory of zeros and its companion; never adopts what is there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">Bytes, lock word included.</param>
    /// <param name="kind">LockedMemory or OpenMemory.</param>
    /// <param name="policy">Who may use it.</param>
    /// <param name="fill">Fills the companion but for its anchor; gets the memory, complete, and the companion.</param>
    /// <param name="residency">Whether it may be paged out.</param>
    /// <exception cref="WinMmfException">
    /// AlreadyExists, ForeignOwner, OutOfSharedMemory, AccessDenied and so on, as <see cref="ISectionStore.Create"/>.
    /// </exception>
    MemorySections Create(
        SharedName name, long size, ObjectKind kind, AccessPolicy policy, CompanionInitialiser fill, MemoryResidency residency);

    /// <summary>Opens the companion that belongs to the memory of this name; null if there is none, or it is another's.</summary>
    /// <exception cref="WinMmfException">AccessDenied, SystemError.</exception>
    SharedSection? TryOpenCompanion(SharedName name, bool writable);

    /// <summary>
    /// The same for programs that only look: on Linux a copy, because an account that may lock the memory may cut its companion short.
    /// </summary>
    /// <exception cref="WinMmfException">AccessDenied, SystemError.</exception>
    SharedSection? TryLookAtCompanion(SharedName name);

    /// <summary>
    /// Makes a companion for a memory that has none, so that who locks it from now on is known (protocol 8.9). Null where that cannot be:
    /// there is one, the memory is another account's, or the absence of a companion does not prove that its clients are dead (Linux).
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="memory">The memory, mapped for writing.</param>
    SharedSection? TryAdopt(SharedName name, SharedSection memory);
}

/// <summary>Fills the companion of a new memory.</summary>
/// <param name="memory">The memory, mapped for writing.</param>
/// <param name="companion">The companion, mapped for writing, all zero.</param>
/// <param name="folder">Linux: the folder in which the memory's sockets lie; null on Windows.</param>
internal delegate void CompanionInitialiser(SharedSection memory, SharedSection companion, string? folder);
