using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>When a process began, ended, and what it used; all as FILETIME.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetProcessTimes(SafeKernelHandle process, out long creation, out long exit, out long kernel, out long user);
}
