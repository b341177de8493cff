using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>The security descriptor of a kernel object; needs READ_CONTROL.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetKernelObjectSecurity(SafeKernelHandle handle, uint information, IntPtr descriptor, uint length, out uint needed);
}
