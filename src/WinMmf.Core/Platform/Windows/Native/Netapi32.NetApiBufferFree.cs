using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Netapi32
{
    /// <summary>Frees what a function of this library allocated.</summary>
    [DllImport("netapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NetApiBufferFree(IntPtr buffer);
}
