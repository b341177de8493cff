using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>Removes a name.</summary>
    public static int Unlink(string path)
    {
        byte[] text = Text(path);
        while (UnlinkNative(text) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "unlink", SetLastError = true)]
    private static extern int UnlinkNative(byte[] path);
}
