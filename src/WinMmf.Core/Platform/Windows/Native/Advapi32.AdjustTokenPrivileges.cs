using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>Enables a privilege that a token holds. Succeeds also if it does not: then the last error is ERROR_NOT_ALL_ASSIGNED.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool AdjustTokenPrivileges(
        SafeKernelHandle token,
        [MarshalAs(UnmanagedType.Bool)] bool disableAll,
        in OnePrivilege state,
        uint length,
        IntPtr previous,
        IntPtr needed);
}
