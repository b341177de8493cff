using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>A standard stream's handle, which stays the process's; 0 or -1 for none.</summary>
    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial nint GetStdHandle(int standard);
}
