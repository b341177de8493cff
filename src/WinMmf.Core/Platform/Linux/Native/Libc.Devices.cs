using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Devices.</summary>
internal static partial class Libc
{
    /// <summary>Asks a device; the answer comes to lie in the same bytes.</summary>
    /// <param name="descriptor">The device.</param>
    /// <param name="request">The number of the question, in which the length of the bytes is contained.</param>
    /// <param name="data">Question and answer.</param>
    /// <returns>0, or the error.</returns>
    public static int AskDevice(DescriptorHandle descriptor, uint request, byte[] data)
    {
        if (data.Length != (int)((request >> 16) & 0x3FFF))
            throw new ArgumentException("The length is not that of the request.", nameof(data));
        while (true)
        {
            if (IoctlNative(descriptor, (UIntPtr)request, data) >= 0)
                return 0;
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }
    }

    [DllImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    private static extern int IoctlNative(DescriptorHandle descriptor, UIntPtr request, byte[] data);
}
