using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>Opens a process by its id.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle OpenProcess(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, uint processId);
}
