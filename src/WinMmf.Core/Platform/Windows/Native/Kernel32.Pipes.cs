using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Pipes.</summary>
internal static partial class Kernel32
{
    /// <summary>Opens a file, a device or the client's end of a pipe.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle CreateFileW(
        string path, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

    /// <summary>Makes a pipe without a name; neither end is inherited.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CreatePipe(out SafeFileHandle read, out SafeFileHandle write, IntPtr security, uint bytes);

    /// <summary>Makes an instance of a named pipe, for one client.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafePipeHandle CreateNamedPipeW(
        string name,
        uint openMode,
        uint pipeMode,
        uint mostInstances,
        uint outBufferSize,
        uint inBufferSize,
        uint defaultTimeout,
        in SecurityAttributes security);
}
