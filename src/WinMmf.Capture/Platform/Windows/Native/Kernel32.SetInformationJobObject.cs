using System.Runtime.InteropServices;

namespace WinMmf.Capture.Platform.Windows.Native;

internal static unsafe partial class Kernel32
{
    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetInformationJobObject(SafeJobHandle job, int informationClass, JobLimits* information, uint length);
}
