using System.Runtime.InteropServices;

namespace WinMmf.Capture.Platform.Windows.Native;

internal static unsafe partial class Kernel32
{
    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CloseHandle(nint handle);
}
