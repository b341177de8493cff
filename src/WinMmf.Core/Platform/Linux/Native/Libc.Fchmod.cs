using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>Sets a file's permissions.</summary>
    public static int Fchmod(DescriptorHandle descriptor, int mode)
    {
        while (FchmodNative(descriptor, mode) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    private static extern int FchmodNative(DescriptorHandle descriptor, int mode);
}
