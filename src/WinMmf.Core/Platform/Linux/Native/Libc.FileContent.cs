using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>The bytes of a file, and locks on them.</summary>
internal static partial class Libc
{
    /// <summary>Reads at an offset; the number of bytes (0 at the end of the file), or -errno.</summary>
    public static unsafe int Pread(DescriptorHandle descriptor, byte* buffer, int count, long offset)
    {
        while (true)
        {
            nint done = PreadNative(descriptor, buffer, (UIntPtr)(uint)count, offset);
            if (done >= 0)
                return (int)done;
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return -error;
        }
    }

    [DllImport(Library, EntryPoint = "pread", SetLastError = true)]
    private static extern unsafe nint PreadNative(DescriptorHandle descriptor, byte* buffer, UIntPtr count, long offset);

    /// <summary>Writes at an offset; the number of bytes, or -errno.</summary>
    public static unsafe int Pwrite(DescriptorHandle descriptor, byte* buffer, int count, long offset)
    {
        while (true)
        {
            nint done = PwriteNative(descriptor, buffer, (UIntPtr)(uint)count, offset);
            if (done >= 0)
                return (int)done;
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return -error;
        }
    }

    [DllImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    private static extern unsafe nint PwriteNative(DescriptorHandle descriptor, byte* buffer, UIntPtr count, long offset);

    private const int GetDescriptionLock = 36;
    private const int SetDescriptionLock = 37;
    private const int SetPipeSizeCommand = 1031;
    private const int GetDescriptorFlags = 1;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExecFlag = 1;

    /// <summary>
    /// Takes, changes or gives back the lock on one byte for an open file description (F_OFD_SETLK). EAGAIN if another one has it.
    /// </summary>
    public static int SetLock(DescriptorHandle descriptor, short type, long offset)
    {
        FileLock wanted = new() { Type = type, Start = offset, Length = 1 };
        return Fcntl(descriptor, SetDescriptionLock, ref wanted);
    }

    /// <summary>
    /// Asks which lock of another description stands in the way of a write lock on a byte (F_OFD_GETLK); it takes
    /// none, so askers do not disturb each other, and it needs no right to write.
    /// </summary>
    public static int QueryLock(DescriptorHandle descriptor, long offset, out short type)
    {
        FileLock wanted = new() { Type = FileLock.Write, Start = offset, Length = 1 };
        int error = Fcntl(descriptor, GetDescriptionLock, ref wanted);
        type = wanted.Type;
        return error;
    }

    /// <summary>Sets how many bytes a pipe holds (F_SETPIPE_SZ); EPERM above the limit of an unprivileged process.</summary>
    public static int SetPipeSize(SafeHandle pipe, int bytes) =>
        FcntlNative(pipe, SetPipeSizeCommand, bytes) < 0 ? Marshal.GetLastWin32Error() : 0;

    /// <summary>True if programs that this process starts get a descriptor; false if not, or if it is none.</summary>
    public static bool IsInheritable(int descriptor) =>
        FcntlNative(descriptor, GetDescriptorFlags, 0) is int flags and >= 0 && (flags & CloseOnExecFlag) == 0;

    /// <summary>Keeps a descriptor from programs that this process starts.</summary>
    public static int SetCloseOnExec(int descriptor) =>
        FcntlNative(descriptor, SetDescriptorFlags, CloseOnExecFlag) < 0 ? Marshal.GetLastWin32Error() : 0;

    private static int Fcntl(DescriptorHandle descriptor, int command, ref FileLock argument)
    {
        while (FcntlNative(descriptor, command, ref argument) < 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static extern int FcntlNative(int descriptor, int command, int argument);

    [DllImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static extern int FcntlNative(SafeHandle descriptor, int command, int argument);

    [DllImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static extern int FcntlNative(DescriptorHandle descriptor, int command, ref FileLock argument);
}

/// <summary><c>struct flock</c> of 64-bit Linux. <see cref="Pid"/> must be 0 for locks of open file descriptions.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileLock
{
    public const short Read = 0;
    public const short Write = 1;
    public const short None = 2;

    public short Type;
    public short Whence;
    public long Start;
    public long Length;
    public int Pid;
}
