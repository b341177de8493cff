using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    private const int GetDescriptionLock = 36;
    private const int SetDescriptionLock = 37;

    /// <summary>Takes, changes or gives back the lock on one byte for an open file description (F_OFD_SETLK). EAGAIN if another one has it.</summary>
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
    private static extern int FcntlNative(DescriptorHandle descriptor, int command, ref FileLock argument);
}
