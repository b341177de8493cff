using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform;

/// <summary>
/// The sections that bear the plain names: a channel's control, a plain memory (protocol sections 1 and 10). Thread-safe.
/// </summary>
internal interface ISectionStore
{
    /// <summary>Creates a section of zeros, lets <paramref name="initialise"/> fill it, and only then lets others see it ready.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">Bytes; the mapping may be larger by the rest of a page.</param>
    /// <param name="kind">What readers may do with it.</param>
    /// <param name="policy">Who the readers are.</param>
    /// <param name="initialise">
    /// Fills the new section. Windows calls it after the name is visible, so its last act is to write the magic.
    /// </param>
    /// <param name="residency">Whether it may be paged out. Large pages make it larger, up to a whole one.</param>
    /// <exception cref="WinMmfException">
    /// AlreadyExists, OutOfSharedMemory (with what there is and what it needs), AccessDenied, ForeignOwner, PrivilegeNotHeld,
    /// LockedMemoryLimit, NotSupported (no large pages here), InvalidSize, UnknownAccount, SystemError.
    /// </exception>
    SharedSection Create(SharedName name, long size, ObjectKind kind, AccessPolicy policy, SectionInitialiser initialise,
        MemoryResidency residency = MemoryResidency.None);

    /// <summary>Opens a section, or gives null if there is none. On Linux a leftover that no process holds counts as none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="writable">Maps for writing too; otherwise the least rights that reading needs are asked for.</param>
    /// <exception cref="WinMmfException">
    /// AccessDenied, ForeignOwner (names the right and the owner), WrongObjectType, SystemError.
    /// </exception>
    SharedSection? TryOpen(SharedName name, bool writable);

    /// <summary>
    /// True where an account that may write a section may also cut it short, which ends the programs that have it mapped.
    /// </summary>
    bool CanBeCutShort { get; }

    /// <summary>
    /// A section for a caller that only looks at it (lists, completes, diagnoses): never waits and takes no lock. On Linux it is a copy of
    /// the section's head, since mapping a file that its owner may cut short can end this process (protocol 1.8). Null as <see
    /// cref="TryOpen"/>.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="WinMmfException">AccessDenied, ForeignOwner, WrongObjectType, SystemError.</exception>
    SharedSection? TryLook(SharedName name);

    /// <summary>
    /// Removes what killed processes left under a name, if no process holds it. Nothing to do on Windows.
    /// True if something was removed.
    /// </summary>
    bool TryReclaim(SharedName name);
}

/// <summary>Fills a new section.</summary>
/// <param name="section">The section, mapped for writing, all zero.</param>
internal delegate void SectionInitialiser(SharedSection section);
