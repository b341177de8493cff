using System;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform;

/// <summary>A name that this process owns for publishing, and the making of its objects (protocol section 10).</summary>
internal abstract class ChannelSite : IDisposable
{
    protected ChannelSite(SharedName name) => Name = name;

    public SharedName Name { get; }

    /// <summary>The control section of a dead publisher that readers still hold; null: the channel is to be made.</summary>
    public SharedSection? Found { get; protected set; }

    /// <summary>Linux: the folder in which this channel's sockets lie; null on Windows.</summary>
    public abstract string? Folder { get; }

    /// <summary>Makes control, complete, and gives it its name: from then on the channel is there.</summary>
    /// <exception cref="Errors.WinMmfException">
    /// AlreadyExists if another process was faster; OutOfSharedMemory, AccessDenied, UnknownAccount, SystemError.
    /// </exception>
    public abstract SharedSection CreateControl(AccessPolicy policy, SectionInitialiser fill, MemoryResidency residency);

    /// <summary>Makes a generation of pixels.</summary>
    /// <exception cref="Errors.WinMmfException">
    /// AlreadyExists, OutOfSharedMemory, AccessDenied; PrivilegeNotHeld, LockedMemoryLimit, NotSupported where it must not be paged out.
    /// </exception>
    public abstract SharedSection CreatePixels(
        uint generation, long size, AccessPolicy policy, SectionInitialiser fill, MemoryResidency residency);

    /// <summary>Opens a predecessor's pixels for writing; null if they are gone or not what they should be.</summary>
    /// <param name="generation">Which.</param>
    /// <param name="isHeld">True if readers have them open.</param>
    public abstract SharedSection? TryOpenPixels(uint generation, out bool isHeld);

    /// <summary>Lets the name of a generation go; its readers keep the memory.</summary>
    public abstract void RemovePixels(uint generation);

    /// <summary>Opens the door, or the registry. What cannot be opened is left out.</summary>
    /// <param name="control">The control section: who may read it now may have a row.</param>
    /// <param name="policy">Who may read.</param>
    /// <param name="epoch">The epoch that begins.</param>
    public abstract PublisherRows OpenRows(SharedSection? control, AccessPolicy policy, uint epoch);

    /// <summary>True while the names lead to this channel's own objects (protocol 11.1).</summary>
    public abstract bool AreNamesOurs(SharedSection control, SharedSection pixels, uint generation);

    /// <summary>A new site for the same name, whose names were removed; what is left of this one is removed (protocol 11.2).</summary>
    /// <exception cref="Errors.WinMmfException">ChannelLost: another process has the name now.</exception>
    public abstract ChannelSite Move(SharedSection control);

    /// <summary>Releases the name. The last one to do so removes everything.</summary>
    public abstract void Dispose();
}
