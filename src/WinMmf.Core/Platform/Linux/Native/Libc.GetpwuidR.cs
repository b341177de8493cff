using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    private const int PasswdBytes = 64;
    private const int MostAccountBytes = 1 << 20;

    /// <summary>A user's name, or null if the system does not know it.</summary>
    public static unsafe string? FindUserName(uint userId)
    {
        // struct passwd begins with the pointer to the name.
        byte** record = stackalloc byte*[PasswdBytes / sizeof(byte*)];
        for (int size = 1024; size <= MostAccountBytes; size *= 4)
        {
            byte[] texts = new byte[size];
            fixed (byte* buffer = texts)
            {
                int error = GetpwuidNative(userId, record, buffer, (UIntPtr)(uint)size, out IntPtr found);
                if (error is Errno.ERANGE or Errno.EINTR)
                    continue;
                return error == 0 && found != IntPtr.Zero ? Text(record[0]) : null;
            }
        }

        return null;
    }

    [DllImport(Library, EntryPoint = "getpwuid_r")]
    private static extern unsafe int GetpwuidNative(uint userId, byte** record, byte* buffer, UIntPtr size, out IntPtr found);
}
