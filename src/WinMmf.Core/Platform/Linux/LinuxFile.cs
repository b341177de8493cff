using System;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// An open file and the lock on its byte 0, by which its holders (read lock) and a process that removes it
/// (write lock) keep each other away. The locks belong to the open file description, so two
/// <see cref="LinuxFile"/>s exclude each other within one process too, and the kernel gives them back when
/// the process ends. Asking who holds (<see cref="QueryHold"/>) takes no lock: openers that look at a
/// leftover at the same time never see each other. <c>flock</c> cannot be asked without being taken.
/// </summary>
internal sealed unsafe class LinuxFile : IDisposable
{
    private const long HoldByte = 0;

    private LinuxFile(string path, DescriptorHandle descriptor, bool isWritable)
    {
        Path = path;
        Descriptor = descriptor;
        IsWritable = isWritable;
    }

    /// <summary>The path through which the file was opened, or that it will get.</summary>
    public string Path { get; }

    public DescriptorHandle Descriptor { get; }

    public bool IsWritable { get; }

    /// <summary>Opens an existing file; 0 or an errno.</summary>
    public static int TryOpen(string path, bool writable, out LinuxFile? file) =>
        TryOpen(path, path, writable ? Libc.ReadWrite : Libc.ReadOnly, 0, out file);

    /// <summary>Opens an existing file in a folder; 0 or an errno.</summary>
    public static int TryOpen(LinuxFolder folder, string name, bool writable, out LinuxFile? file)
    {
        int error = Libc.OpenAt(folder.Descriptor, name, writable ? Libc.ReadWrite : Libc.ReadOnly, 0, out DescriptorHandle descriptor);
        file = error == 0 ? new LinuxFile(folder.PathOf(name), descriptor, writable) : null;
        return error;
    }

    /// <summary>Creates a file without a name, for its owner only; 0 or an errno.</summary>
    public static int TryCreateUnnamed(string directory, string path, out LinuxFile? file) =>
        TryOpen(directory, path, Libc.ReadWrite | Libc.Unnamed, LinuxFileMode.OwnerOnly, out file);

    /// <summary>Creates a file without a name in a folder, for its owner only; 0 or an errno.</summary>
    public static int TryCreateUnnamed(LinuxFolder folder, string name, out LinuxFile? file)
    {
        int error = Libc.OpenAt(
            folder.Descriptor, ".", Libc.ReadWrite | Libc.Unnamed, LinuxFileMode.OwnerOnly, out DescriptorHandle descriptor);
        file = error == 0 ? new LinuxFile(folder.PathOf(name), descriptor, isWritable: true) : null;
        return error;
    }

    /// <summary>True if it is a regular file that its owner alone may write: what a publisher's file must be.</summary>
    public static bool IsOwnersAlone(in FileStatus status) => status.IsRegularFile && (status.Mode & LinuxFileMode.OthersWrite) == 0;

    /// <summary>Reads the anchor, without mapping; false if it is none of ours.</summary>
    public bool TryReadAnchor(out SectionAnchor anchor)
    {
        byte* copy = stackalloc byte[AnchorLayout.Size];
        Read(copy, AnchorLayout.Size, 0);
        return SectionAnchor.TryRead(copy, out anchor);
    }

    public FileStatus GetStatus()
    {
        int error = Libc.GetStatus(Descriptor, out FileStatus status);
        return error == 0 ? status : throw LinuxError.System($"Reading the status of {Path}", error);
    }

    /// <summary>True if the path still names this very file.</summary>
    public bool IsStillNamed() =>
        Libc.GetStatus(Path, follow: false, out FileStatus there) == 0
        && Libc.GetStatus(Descriptor, out FileStatus here) == 0
        && there.IsSameFile(in here);

    /// <summary>Who else has the lock.</summary>
    public LinuxHold QueryHold()
    {
        int error = Libc.QueryLock(Descriptor, HoldByte, out short type);
        if (error != 0)
            throw LinuxError.System($"Reading the locks of {Path}", error);
        return type switch
        {
            FileLock.None => LinuxHold.None,
            FileLock.Read => LinuxHold.Shared,
            _ => LinuxHold.Exclusive,
        };
    }

    /// <summary>Becomes a holder; false while another process removes the file.</summary>
    public bool TryHold() => TryLock(FileLock.Read);

    /// <summary>Excludes all other processes; false if there is a holder. The file must be open for writing.</summary>
    public bool TryExclude() => TryLock(FileLock.Write);

    public void Unlock() => TryLock(FileLock.None);

    /// <summary>Reads bytes; those that a file cut short no longer has are 0.</summary>
    public void Read(byte* destination, int count, long offset)
    {
        int done = 0;
        while (done < count)
        {
            int now = Libc.Pread(Descriptor, destination + done, count - done, offset + done);
            if (now <= 0)
                break;
            done += now;
        }

        while (done < count)
            destination[done++] = 0;
    }

    /// <summary>
    /// Writes bytes, one byte never torn; then a full fence, since a system call alone does not promise one on every processor.
    /// </summary>
    public bool TryWrite(byte* source, int count, long offset)
    {
        bool done = Libc.Pwrite(Descriptor, source, count, offset) == count;
        Thread.MemoryBarrier();
        return done;
    }

    public void Dispose() => Descriptor.Dispose();

    private static int TryOpen(string path, string finalPath, int flags, int mode, out LinuxFile? file)
    {
        int error = Libc.Open(path, flags, mode, out DescriptorHandle descriptor);
        file = error == 0 ? new LinuxFile(finalPath, descriptor, (flags & Libc.ReadWrite) != 0) : null;
        return error;
    }

    private bool TryLock(short type)
    {
        int error = Libc.SetLock(Descriptor, type, HoldByte);
        return error switch
        {
            0 => true,
            Errno.EAGAIN or Errno.EACCES => false,
            _ => throw LinuxError.System($"Locking {Path}", error),
        };
    }
}
