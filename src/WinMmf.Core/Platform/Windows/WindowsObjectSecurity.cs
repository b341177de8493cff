using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Reads who owns a kernel object, and who may use it.</summary>
internal static class WindowsObjectSecurity
{
    private const uint OwnerInformation = 1;
    private const uint ListInformation = 4;
    private const uint SystemListInformation = 8;
    private const uint LabelInformation = 0x10;
    private const uint Readable = OwnerInformation | ListInformation | LabelInformation;

    /// <summary>The owner's SID; empty where it may not be read or there is none.</summary>
    public static string ReadOwner(SafeKernelHandle handle) =>
        TryRead(handle, OwnerInformation) is byte[] bytes ? WindowsDescriptor.Parse(bytes).Owner : string.Empty;

    /// <summary>Owner, access list and label of an object that was opened with READ_CONTROL.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static WindowsDescriptor Read(SafeKernelHandle handle, string fullName) =>
        TryRead(handle, Readable) is byte[] bytes
            ? WindowsDescriptor.Parse(bytes)
            : throw WindowsError.Unexpected($"Reading the access of '{fullName}'", Marshal.GetLastWin32Error());

    /// <summary>The same; null where it may not be read.</summary>
    public static WindowsDescriptor? TryRead(SafeKernelHandle handle) =>
        TryRead(handle, Readable) is byte[] bytes ? WindowsDescriptor.Parse(bytes) : null;

    /// <summary>The audit entries of an object, which only who has the privilege for it is shown; empty for others.</summary>
    public static IReadOnlyList<WindowsAce> ReadAudit(SafeKernelHandle handle)
    {
        byte[]? bytes = WindowsPrivilege.With(WindowsPrivilege.Security, () =>
        {
            IntPtr self = Kernel32.GetCurrentProcess();
            using SafeKernelHandle process = SafeKernelHandle.CurrentProcess();
            bool opened = Kernel32.DuplicateHandle(process, handle.DangerousGetHandle(), self, out SafeKernelHandle asking,
                AccessRights.ACCESS_SYSTEM_SECURITY, inherit: false, options: 0);
            using (asking)
                return opened ? TryRead(asking, SystemListInformation) : null;
        });
        return bytes is null ? [] : WindowsDescriptor.Parse(bytes).SystemEntries.Where(static entry => !entry.IsLabel).ToList();
    }

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
