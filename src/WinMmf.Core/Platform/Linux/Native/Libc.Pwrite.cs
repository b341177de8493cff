using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
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
}
