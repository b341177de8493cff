using System;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// The file <c>.holders</c> beside a plain memory, and whether it belongs to it (protocol 1.7). Link counts say nothing: any account may
/// add links.
/// </summary>
internal static unsafe class LinuxCompanion
{
    /// <summary>Opens the companion of a memory; null if there is none, or it is another's.</summary>
    /// <param name="files">Where it lies.</param>
    /// <param name="name">The memory's name.</param>
    /// <param name="memory">The memory's status.</param>
    /// <param name="writable">Open it for writing too.</param>
    /// <param name="anchor">What it says of itself.</param>
    public static LinuxFile? TryOpen(LinuxDirectory files, SharedName name, in FileStatus memory, bool writable, out SectionAnchor anchor)
    {
        LinuxFile? file = TryOpen(files, name, writable, out anchor, out FileStatus status);
        if (file is null)
            return null;
        ulong inode = 0;
        file.Read((byte*)&inode, sizeof(ulong), HoldersLayout.InodeOffset);

        // Numbers, not accounts: in a container that maps users both may belong to the overflow user.
        if (status.UserId == memory.UserId && inode == memory.Inode)
            return file;
        file.Dispose();
        return null;
    }

    /// <summary>Opens the file with the companion's name if it is a companion of that name, whether or not there is a memory.</summary>
    public static LinuxFile? TryOpen(LinuxDirectory files, SharedName name, bool writable, out SectionAnchor anchor, out FileStatus status)
    {
        anchor = default;
        status = default;
        if (LinuxFile.TryOpen(files.CompanionOf(name), writable, out LinuxFile? file) != 0 || file is null)
            return null;
        status = file.GetStatus();
        if (status.IsRegularFile && status.Size >= HoldersLayout.Size && file.TryReadAnchor(out anchor)
            && anchor.Is(SectionKind.Holders, name))
            return file;
        file.Dispose();
        return null;
    }
}
