using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>Large pages are welcome here.</summary>
    public const int AdviceHugePage = 14;

    /// <summary>Put what is here into large pages now (Linux 6.1).</summary>
    public const int AdviceCollapse = 25;

    /// <summary>Tells the kernel how mapped memory is to be treated.</summary>
    public static int Madvise(IntPtr address, long length, int advice)
    {
        while (MadviseNative(address, (UIntPtr)(ulong)length, advice) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "madvise", SetLastError = true)]
    private static extern int MadviseNative(IntPtr address, UIntPtr length, int advice);
}
