using System;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Processes;
using WinMmf.Residency;
using WinMmf.Time;

namespace WinMmf.Memory;

/// <summary>Who made a plain memory, from its companion section. A memory without one was made by another program.</summary>
public sealed unsafe class MemoryOrigin
{
    private MemoryOrigin(string ownerId, ProcessIdentity creator, DateTime createdAt, string account, long dataSize, ResidentBytes resident,
        string keeperEndpoint)
    {
        OwnerId = ownerId;
        Creator = creator;
        CreatedAt = createdAt;
        Account = account;
        DataSize = dataSize;
        Resident = resident;
        KeeperEndpoint = keeperEndpoint;
    }

    /// <summary>
    /// The account that the companion belongs to, as the kernel says: a SID on Windows, a uid on Linux; empty where it is not told.
    /// </summary>
    public string OwnerId { get; }

    /// <summary>The process that made it.</summary>
    public ProcessIdentity Creator { get; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAt { get; }

    /// <summary>The account that made it, as its creator says.</summary>
    public string Account { get; }

    /// <summary>Bytes of data that were asked for, without the lock word.</summary>
    public long DataSize { get; }

    /// <summary>What the creator measured to be locked or in large pages; nothing where it was not asked for.</summary>
    public ResidentBytes Resident { get; }

    /// <summary>
    /// Control pipe of the creator, if that is a process whose only task is to keep the memory alive
    /// (New-SharedMemory -KeepAlive); empty otherwise. Who may lock the memory may write it: ask before trusting it.
    /// </summary>
    public string KeeperEndpoint { get; }

    /// <summary>Fills a new companion section, but for its anchor.</summary>
    internal static void Write(SharedSection companion, ProcessIdentity creator, long createdAt, string account, long dataSize,
        ResidentBytes resident, string keeperEndpoint)
    {
        byte* h = companion.Address;
        *(uint*)(h + HoldersLayout.RowsOffset) = HoldersLayout.RowCount;
        *(long*)(h + HoldersLayout.DataSizeOffset) = dataSize;
        SharedIdentity.Write(h + HoldersLayout.CreatorOffset, creator);
        *(long*)(h + HoldersLayout.CreatedAtOffset) = createdAt;
        SharedText.Write(h + HoldersLayout.AccountOffset, HoldersLayout.AccountBytes, account);
        *(long*)(h + HoldersLayout.LockedBytesOffset) = resident.Locked;
        *(long*)(h + HoldersLayout.LargePageBytesOffset) = resident.LargePages;
        SharedText.Write(h + HoldersLayout.KeeperOffset, HoldersLayout.KeeperBytes, keeperEndpoint);
    }

    /// <summary>Reads a companion section; null if it is unfinished or damaged, or does not know who made the memory.</summary>
    internal static MemoryOrigin? TryRead(SharedSection section)
    {
        if (section.Size < HoldersLayout.Size || !section.IsWhole())
            return null;

        byte* h = section.Address;
        if (!SectionAnchor.TryReadMapped(h, section.Size, out SectionAnchor anchor) || anchor.Kind != SectionKind.Holders
            || !anchor.IsUnderstood)
            return null;
        byte* copy = stackalloc byte[HoldersLayout.AccountOffset + HoldersLayout.AccountBytes];
        Buffer.MemoryCopy(
            h, copy, HoldersLayout.AccountOffset + HoldersLayout.AccountBytes, HoldersLayout.AccountOffset + HoldersLayout.AccountBytes);
        long* resident =
            stackalloc long[] { *(long*)(h + HoldersLayout.LockedBytesOffset), *(long*)(h + HoldersLayout.LargePageBytesOffset) };
        byte* keeper = stackalloc byte[HoldersLayout.KeeperBytes];
        Buffer.MemoryCopy(h + HoldersLayout.KeeperOffset, keeper, HoldersLayout.KeeperBytes, HoldersLayout.KeeperBytes);
        string endpoint = SharedText.Read(keeper, HoldersLayout.KeeperBytes);
        ProcessIdentity creator = SharedIdentity.Read(copy + HoldersLayout.CreatorOffset);

        // Who adopted the memory made this companion, not the memory (protocol 8.9).
        if (creator.IsEmpty)
            return null;
        return new MemoryOrigin(
            section.Owner,
            creator,
            MonotonicClock.ToUtc(*(long*)(copy + HoldersLayout.CreatedAtOffset)),
            SharedText.Read(copy + HoldersLayout.AccountOffset, HoldersLayout.AccountBytes),
            *(long*)(copy + HoldersLayout.DataSizeOffset),
            new ResidentBytes(Math.Max(0, resident[0]), Math.Max(0, resident[1])),
            anchor.Tie.MayName(endpoint) ? endpoint : "");
    }

    /// <summary>Reads the companion of a memory by name; null if there is none or it cannot be read.</summary>
    internal static MemoryOrigin? TryRead(IPlatform platform, SharedName name)
    {
        try
        {
            using SharedSection? companion = platform.Memories.TryLookAtCompanion(name);
            return companion is null ? null : TryRead(companion);
        }
        catch (WinMmfException)
        {
            return null;
        }
    }
}
