using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>What a token says.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetTokenInformation(SafeKernelHandle token, int informationClass, IntPtr information, uint length, out uint needed);
}
