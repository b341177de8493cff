using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>kernelbase.dll.</summary>
internal static partial class KernelBase
{
    /// <summary>True if two handles of this process mean one object (Windows 10 and later).</summary>
    [DllImport("kernelbase.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CompareObjectHandles(SafeKernelHandle first, SafeKernelHandle second);
}
