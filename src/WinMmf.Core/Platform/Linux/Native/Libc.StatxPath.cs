using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>The status of what a path names, of a symbolic link itself unless it is to be followed.</summary>
    public static unsafe int GetStatus(string path, bool follow, out FileStatus status)
    {
        FileStatus result;
        int error = StatxPathNative(StatxNumber, CurrentDirectory, Text(path), follow ? 0 : NoFollowSymbolicLink, BasicFields, &result) == 0
            ? 0
            : Marshal.GetLastWin32Error();
        status = result;
        return error;
    }

    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static extern unsafe nint StatxPathNative(nint number, nint directory, byte[] path, nint flags, nuint mask, FileStatus* status);
}
