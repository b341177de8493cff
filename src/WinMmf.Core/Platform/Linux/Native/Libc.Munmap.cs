using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>Ends a mapping; 0 or -1.</summary>
    [DllImport(Library, EntryPoint = "munmap")]
    public static extern int Munmap(IntPtr address, UIntPtr length);
}
