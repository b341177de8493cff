using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>Makes a handle of this process to what another process's handle means.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool DuplicateHandle(
        SafeKernelHandle sourceProcess,
        IntPtr source,
        IntPtr targetProcess,
        out SafeKernelHandle target,
        uint access,
        [MarshalAs(UnmanagedType.Bool)] bool inherit,
        uint options);
}
