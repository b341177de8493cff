using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>A group's name, or null if the system does not know it.</summary>
    public static unsafe string? FindGroupName(uint groupId)
    {
        // struct group begins with the pointer to the name.
        byte** record = stackalloc byte*[GroupBytes / sizeof(byte*)];
        for (int size = 1024; size <= MostAccountBytes; size *= 4)
        {
            byte[] texts = new byte[size];
            fixed (byte* buffer = texts)
            {
                int error = GetgrgidNative(groupId, record, buffer, (UIntPtr)(uint)size, out IntPtr found);
                if (error is Errno.ERANGE or Errno.EINTR)
                    continue;
                return error == 0 && found != IntPtr.Zero ? Text(record[0]) : null;
            }
        }

        return null;
    }

    [DllImport(Library, EntryPoint = "getgrgid_r")]
    private static extern unsafe int GetgrgidNative(uint groupId, byte** record, byte* buffer, UIntPtr size, out IntPtr found);
}
