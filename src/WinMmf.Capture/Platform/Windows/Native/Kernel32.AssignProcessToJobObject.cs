using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Capture.Platform.Windows.Native;

internal static unsafe partial class Kernel32
{
    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool AssignProcessToJobObject(SafeJobHandle job, SafeProcessHandle process);
}
