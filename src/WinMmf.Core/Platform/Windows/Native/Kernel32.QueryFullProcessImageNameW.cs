using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>The path of a process's program.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool QueryFullProcessImageNameW(SafeKernelHandle process, uint flags, [Out] char[] name, ref uint length);
}
