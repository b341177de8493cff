using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

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
}
