using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>A user's number and its own group; false if the system does not know it.</summary>
    public static unsafe bool TryFindUser(string name, out uint userId, out uint groupId)
    {
        userId = groupId = 0;
        byte[] text = Text(name);

        // struct passwd begins: pointer to the name, pointer to the password, user, group.
        byte** record = stackalloc byte*[PasswdBytes / sizeof(byte*)];
        for (int size = 1024; size <= MostAccountBytes; size *= 4)
        {
            byte[] texts = new byte[size];
            fixed (byte* buffer = texts)
            {
                int error = GetpwnamNative(text, record, buffer, (UIntPtr)(uint)size, out IntPtr found);
                if (error is Errno.ERANGE or Errno.EINTR)
                    continue;
                if (error != 0 || found == IntPtr.Zero)
                    return false;
                uint* numbers = (uint*)(record + 2);
                userId = numbers[0];
                groupId = numbers[1];
                return true;
            }
        }

        return false;
    }

    [DllImport(Library, EntryPoint = "getpwnam_r")]
    private static extern unsafe int GetpwnamNative(byte[] name, byte** record, byte* buffer, UIntPtr size, out IntPtr found);
}
