using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Processes;
using WinMmf.Residency;

namespace WinMmf.Management.Catalogue;

/// <summary>One named memory of this machine as seen at one moment.</summary>
internal sealed class SharedMemoryReport
{
    internal SharedMemoryReport(SharedName name, SharedMemoryKind kind)
    {
        Name = name;
        Kind = kind;
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>The kind of object that has the name.</summary>
    public SharedMemoryKind Kind { get; }

    /// <summary>The account that it belongs to, as the kernel says: a SID on Windows, a uid on Linux; empty if unknown.</summary>
    public string OwnerId { get; internal set; } = "";

    /// <summary>
    /// Bytes: the data of a plain memory, as its creator asked for them; all sections of a channel (pixels as their description
    /// says). 0 if unknown.
    /// </summary>
    public long Size { get; internal set; }

    /// <summary>The channel; null if this is none.</summary>
    public ChannelReport? Channel { get; internal set; }

    /// <summary>Who made a plain memory; null for channels and for memories of other programs.</summary>
    public MemoryOrigin? Origin { get; internal set; }

    /// <summary>The lock word of a plain memory.</summary>
    public LockWord? Lock { get; internal set; }

    /// <summary>What can be said of a plain memory's lock; null if nothing can, and for channels.</summary>
    public LockVerdict? Verdict { get; internal set; }

    /// <summary>True if a plain memory's data may be half written, because a writer died with the lock.</summary>
    public bool IsSuspect { get; internal set; }

    /// <summary>What is really locked or in large pages, as the process measured it that made or publishes it.</summary>
    public ResidentBytes Resident => Channel?.Resident ?? Origin?.Resident ?? default;

    /// <summary>
    /// The account that another program's memory or a leftover belongs to, as the system says; null if unknown, and for others.
    /// </summary>
    public string? SystemOwner { get; internal set; }

    /// <summary>What a leftover was, FrameChannel or Memory; null if unknown, and for what is in use.</summary>
    public SharedMemoryKind? LeftoverOf { get; internal set; }

    /// <summary>The process that made or publishes it; empty if unknown.</summary>
    public ProcessIdentity Owner => Channel?.Owner ?? Origin?.Creator ?? default;

    /// <summary>Name of the owner's program; null if its process is gone or cannot be seen.</summary>
    public string? OwnerProgram { get; internal set; }

    /// <summary>Why it is unreadable; null otherwise.</summary>
    public WinMmfException? Error { get; internal set; }
}
