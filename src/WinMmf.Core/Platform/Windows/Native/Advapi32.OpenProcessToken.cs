using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>The token of a process.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool OpenProcessToken(SafeKernelHandle process, uint access, out SafeKernelHandle token);
}
