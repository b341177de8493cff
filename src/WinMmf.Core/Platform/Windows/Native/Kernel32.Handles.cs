using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Handles, the standard ones included.</summary>
internal static partial class Kernel32
{
    /// <summary>Closes a kernel handle.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CloseHandle(IntPtr handle);

    /// <summary>Makes a handle of this process to what another process's handle means.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool DuplicateHandle(
        SafeKernelHandle sourceProcess,
        IntPtr source,
        IntPtr targetProcess,
        out SafeKernelHandle target,
        uint access,
        [MarshalAs(UnmanagedType.Bool)] bool inherit,
        uint options);

    public const uint HandleFlagInherit = 1;

    /// <summary>Sets flags of a handle, such as whether children inherit it.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetHandleInformation(IntPtr handle, uint mask, uint flags);

    /// <summary>A standard stream's handle, which stays the process's; 0 or -1 for none.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr GetStdHandle(int standard);

    /// <summary>Sets what <see cref="GetStdHandle"/> gives from now on.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetStdHandle(int standard, IntPtr handle);

    /// <summary>Makes a folder with a security descriptor.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CreateDirectoryW(string path, in SecurityAttributes attributes);
}

/// <summary>SECURITY_ATTRIBUTES.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SecurityAttributes
{
    public uint Length;
    public IntPtr Descriptor;
    public int InheritHandle;
}
