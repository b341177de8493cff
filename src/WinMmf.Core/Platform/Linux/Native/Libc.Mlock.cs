using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>Keeps mapped pages in memory until they are unmapped.</summary>
    public static int Mlock(IntPtr address, long length) =>
        MlockNative(address, (UIntPtr)(ulong)length) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "mlock", SetLastError = true)]
    private static extern int MlockNative(IntPtr address, UIntPtr length);
}
