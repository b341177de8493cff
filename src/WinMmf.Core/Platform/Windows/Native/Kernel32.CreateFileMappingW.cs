using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>Creates a section, or opens the one that has the name (then the last error is ERROR_ALREADY_EXISTS).</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle CreateFileMappingW(
        IntPtr file,
        in SecurityAttributes attributes,
        uint protection,
        uint sizeHigh,
        uint sizeLow,
        string name);
}
