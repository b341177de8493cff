using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    private const int ProtectionRead = 1;
    private const int ProtectionWrite = 2;
    private const int MapShared = 1;

    /// <summary>Maps a file from its beginning, shared.</summary>
    public static int Mmap(DescriptorHandle descriptor, long length, bool writable, out MapHandle map)
    {
        UIntPtr bytes = (UIntPtr)(ulong)length;
        map = MmapNative(IntPtr.Zero, bytes, ProtectionRead | (writable ? ProtectionWrite : 0), MapShared, descriptor, 0);
        if (map.IsInvalid)
        {
            int error = Marshal.GetLastWin32Error();
            map.Dispose();
            return error;
        }

        map.SetLength(bytes);
        return 0;
    }

    [DllImport(Library, EntryPoint = "mmap", SetLastError = true)]
    private static extern MapHandle MmapNative(IntPtr address, UIntPtr length, int protection, int flags, DescriptorHandle descriptor, long offset);
}
