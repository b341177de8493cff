using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>Maps a section; a length of zero maps all of it.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeViewHandle MapViewOfFile(SafeKernelHandle section, uint access, uint offsetHigh, uint offsetLow, UIntPtr length);
}
