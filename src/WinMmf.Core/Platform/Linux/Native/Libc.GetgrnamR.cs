using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    private const int GroupBytes = 32;

    /// <summary>A group's id, or null if the system does not know it.</summary>
    public static unsafe uint? FindGroupId(string name)
    {
        byte[] text = Text(name);
        // struct group begins: pointer to the name, pointer to the password, id.
        byte** record = stackalloc byte*[GroupBytes / sizeof(byte*)];
        for (int size = 1024; size <= MostAccountBytes; size *= 4)
        {
            byte[] texts = new byte[size];
            fixed (byte* buffer = texts)
            {
                int error = GetgrnamNative(text, record, buffer, (UIntPtr)(uint)size, out IntPtr found);
                if (error is Errno.ERANGE or Errno.EINTR)
                    continue;
                return error == 0 && found != IntPtr.Zero ? *(uint*)(record + 2) : null;
            }
        }

        return null;
    }

    [DllImport(Library, EntryPoint = "getgrnam_r")]
    private static extern unsafe int GetgrnamNative(byte[] name, byte** record, byte* buffer, UIntPtr size, out IntPtr found);
}
