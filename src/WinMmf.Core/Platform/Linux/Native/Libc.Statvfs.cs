using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>Free and total bytes of a file system; false if it cannot be asked.</summary>
    public static unsafe bool TryGetSpace(string path, out ulong free, out ulong total)
    {
        // struct statvfs of 64-bit Linux begins: f_bsize, f_frsize, f_blocks, f_bfree, f_bavail.
        ulong* status = stackalloc ulong[32];
        if (StatvfsNative(Text(path), status) != 0)
        {
            free = total = 0;
            return false;
        }

        total = unchecked(status[1] * status[2]);
        free = unchecked(status[1] * status[4]);
        return true;
    }

    [DllImport(Library, EntryPoint = "statvfs", SetLastError = true)]
    private static extern unsafe int StatvfsNative(byte[] path, ulong* status);
}
