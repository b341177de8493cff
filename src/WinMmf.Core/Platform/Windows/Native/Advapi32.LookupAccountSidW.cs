using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>The name of a SID's account.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool LookupAccountSidW(
        string? system,
        SafeLocalMemory sid,
        [Out] char[]? account,
        ref uint accountLength,
        [Out] char[]? domain,
        ref uint domainLength,
        out int use);
}
