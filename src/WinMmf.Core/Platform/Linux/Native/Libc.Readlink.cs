using System;
using System.Runtime.InteropServices;
using System.Text;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>What a symbolic link says, or null.</summary>
    public static unsafe string? ReadLink(string path)
    {
        const int Most = 256;
        byte* buffer = stackalloc byte[Most];
        nint length = ReadlinkNative(Text(path), buffer, (UIntPtr)Most);
        return length is > 0 and < Most ? Encoding.UTF8.GetString(buffer, (int)length) : null;
    }

    [DllImport(Library, EntryPoint = "readlink", SetLastError = true)]
    private static extern unsafe nint ReadlinkNative(byte[] path, byte* buffer, UIntPtr size);
}
