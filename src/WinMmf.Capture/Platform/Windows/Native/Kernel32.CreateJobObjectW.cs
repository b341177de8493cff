using System.Runtime.InteropServices;

namespace WinMmf.Capture.Platform.Windows.Native;

internal static unsafe partial class Kernel32
{
    [LibraryImport("kernel32.dll", SetLastError = true)]
    public static partial SafeJobHandle CreateJobObjectW(nint attributes, nint name);
}
