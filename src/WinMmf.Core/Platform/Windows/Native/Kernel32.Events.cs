using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Events, and waiting.</summary>
internal static partial class Kernel32
{
    /// <summary>Creates an event, or opens the one that has the name (then the last error is ERROR_ALREADY_EXISTS).</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle CreateEventW(
        in SecurityAttributes attributes,
        [MarshalAs(UnmanagedType.Bool)] bool manualReset,
        [MarshalAs(UnmanagedType.Bool)] bool initialState,
        string name);

    /// <summary>Opens an event with the rights asked for and no others.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeKernelHandle OpenEventW(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, string name);

    /// <summary>Signals an event.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetEvent(SafeKernelHandle handle);

    /// <summary>Waits for an object for at most a time.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern uint WaitForSingleObject(SafeKernelHandle handle, uint milliseconds);
}
