using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>The text of a SID.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ConvertSidToStringSidW(IntPtr sid, out SafeLocalMemory text);
}
