using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Ntdll
{
    /// <summary>Reads entries of a directory of the object namespace.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtQueryDirectoryObject(
        SafeKernelHandle directory,
        IntPtr buffer,
        uint length,
        [MarshalAs(UnmanagedType.U1)] bool returnSingleEntry,
        [MarshalAs(UnmanagedType.U1)] bool restartScan,
        ref uint context,
        out uint returnLength);
}
