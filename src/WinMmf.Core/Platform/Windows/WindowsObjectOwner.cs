using System;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Reads who owns a kernel object.</summary>
internal static class WindowsObjectOwner
{
    private const uint OwnerSecurityInformation = 1;

    /// <summary>The owner's SID; empty where it may not be read or there is none.</summary>
    public static string Read(SafeKernelHandle handle)
    {
        Advapi32.GetKernelObjectSecurity(handle, OwnerSecurityInformation, IntPtr.Zero, 0, out uint needed);
        if (needed == 0)
            return string.Empty;

        IntPtr descriptor = Marshal.AllocHGlobal((int)needed);
        try
        {
            return Advapi32.GetKernelObjectSecurity(handle, OwnerSecurityInformation, descriptor, needed, out _)
                && Advapi32.GetSecurityDescriptorOwner(descriptor, out IntPtr owner, out _)
                && owner != IntPtr.Zero
                ? WindowsAccount.ToText(owner)
                : string.Empty;
        }
        finally
        {
            Marshal.FreeHGlobal(descriptor);
        }
    }
}
