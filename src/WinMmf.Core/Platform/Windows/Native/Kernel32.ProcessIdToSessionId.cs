using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>The session in which a process runs.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ProcessIdToSessionId(uint processId, out uint sessionId);
}
