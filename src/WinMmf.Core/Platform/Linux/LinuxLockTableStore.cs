using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Processes;

namespace WinMmf.Platform.Linux;

/// <summary>
/// Companions as files that no process maps for locking, because a process that may write them may also cut them short (protocol 8.2).
/// </summary>
internal sealed class LinuxLockTableStore : ILockTableStore
{
    private readonly LinuxDirectory _files;
    private readonly IProcessProbe _processes;

    public LinuxLockTableStore(LinuxDirectory files, IProcessProbe processes)
    {
        _files = files;
        _processes = processes;
    }

    public bool ProvesThatAllAreDead(SharedName name) => false;

    public LockTable? TryOpen(SharedName name, IOpenMemory? opened, bool writable)
    {
        FileStatus memory;
        if (opened is LinuxSharedSection mapped)
            memory = mapped.File.GetStatus();
        else if (Libc.GetStatus(_files.PathOf(name), follow: false, out memory) != 0)
            return null;
        LinuxFile? companion = LinuxCompanion.TryOpen(_files, name, in memory, writable, out SectionAnchor anchor);
        if (companion is null)
            return null;
        LinuxFile? locks = null;
        bool keep = false;
        try
        {
            using LinuxFolder? folder = LinuxFolder.TryOpen(_files, anchor.Tie, memory.UserId);
            if (folder is null || folder.GetStatus(LinuxFolder.LocksFile, out FileStatus status) != 0 || !status.IsRegularFile
                || status.UserId != memory.UserId)
                return null;
            if (LinuxFile.TryOpen(folder, LinuxFolder.LocksFile, writable: true, out locks) == 0
                && !locks!.GetStatus().IsSameFile(in status))
                return null;

            // A client that may lock needs the file; one that only looks can do without.
            if (locks is null && writable)
                return null;
            keep = true;
            return new LinuxLockTable(companion, locks, in status, name, _processes);
        }
        finally
        {
            if (!keep)
            {
                locks?.Dispose();
                companion.Dispose();
            }
        }
    }
}
