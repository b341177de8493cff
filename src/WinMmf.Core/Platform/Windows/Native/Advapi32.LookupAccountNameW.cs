using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>The SID of an account's name.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool LookupAccountNameW(
        string? system,
        string account,
        IntPtr sid,
        ref uint sidLength,
        [Out] char[]? domain,
        ref uint domainLength,
        out int use);
}
