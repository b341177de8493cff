using System;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Reads who owns a kernel object, and who may use it.</summary>
internal static class WindowsObjectSecurity
{
    private const uint OwnerInformation = 1;
    private const uint ListInformation = 4;

    /// <summary>The owner's SID; empty where it may not be read or there is none.</summary>
    public static string ReadOwner(SafeKernelHandle handle) =>
        TryRead(handle, OwnerInformation) is byte[] bytes ? WindowsDescriptor.Parse(bytes).Owner : string.Empty;

    /// <summary>Owner and access list of an object that was opened with READ_CONTROL.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static WindowsDescriptor Read(SafeKernelHandle handle, string fullName) =>
        TryRead(handle, OwnerInformation | ListInformation) is byte[] bytes
            ? WindowsDescriptor.Parse(bytes)
            : throw WindowsError.Unexpected($"Reading the access of '{fullName}'", Marshal.GetLastWin32Error());

    /// <summary>The same; null where it may not be read.</summary>
    public static WindowsDescriptor? TryRead(SafeKernelHandle handle) =>
        TryRead(handle, OwnerInformation | ListInformation) is byte[] bytes ? WindowsDescriptor.Parse(bytes) : null;

    private static byte[]? TryRead(SafeKernelHandle handle, uint information)
    {
        Advapi32.GetKernelObjectSecurity(handle, information, IntPtr.Zero, 0, out uint needed);
        if (needed == 0)
            return null;
        IntPtr descriptor = Marshal.AllocHGlobal((int)needed);
        try
        {
            if (!Advapi32.GetKernelObjectSecurity(handle, information, descriptor, needed, out _))
                return null;
            byte[] bytes = new byte[needed];
            Marshal.Copy(descriptor, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            Marshal.FreeHGlobal(descriptor);
        }
    }
}
