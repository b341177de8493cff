using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Ntdll
{
    /// <summary>Facts about the whole system; the list of processes needs no right at all.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtQuerySystemInformation(int informationClass, IntPtr buffer, uint length, out uint returnLength);
}
