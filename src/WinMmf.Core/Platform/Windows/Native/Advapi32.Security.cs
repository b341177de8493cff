using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Security descriptors.</summary>
internal static partial class Advapi32
{
    /// <summary>Makes a security descriptor from its text.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ConvertStringSecurityDescriptorToSecurityDescriptorW(
        string text, uint revision, out SafeLocalMemory descriptor, IntPtr length);

    /// <summary>The bytes of a security descriptor.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern uint GetSecurityDescriptorLength(SafeLocalMemory descriptor);

    /// <summary>The security descriptor of a file or folder; needs READ_CONTROL.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetFileSecurityW(string path, uint information, [Out] byte[] descriptor, uint length, out uint needed);

    /// <summary>The security descriptor of a kernel object; needs READ_CONTROL.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetKernelObjectSecurity(
        SafeKernelHandle handle, uint information, IntPtr descriptor, uint length, out uint needed);

    /// <summary>Gives a kernel object another access list; needs WRITE_DAC.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetKernelObjectSecurity(SafeKernelHandle handle, uint information, SafeLocalMemory descriptor);
}
