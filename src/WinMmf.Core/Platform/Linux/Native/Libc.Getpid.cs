using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>This process.</summary>
    [DllImport(Library, EntryPoint = "getpid")]
    public static extern int GetProcessId();
}
