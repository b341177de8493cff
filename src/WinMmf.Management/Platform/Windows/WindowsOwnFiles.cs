using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// A path with a drive of this machine: one with two backslashes leads to another machine, where opening signs in, or to a device. The
/// last part is opened itself where it is a link.
/// </summary>
internal sealed class WindowsOwnFiles : IOwnFiles
{
    private const uint OpenExisting = 3;
    private const uint ShareAll = 7;
    private const uint OpenReparsePoint = 0x0020_0000;

    /// <inheritdoc/>
    public FileStream Open(string path)
    {
        if (!IsOnDrive(path))
            throw new IOException("it is no path of a drive of this machine.");
        using SafeKernelHandle opened = Kernel32.CreateFileW(
            path, WindowsRights.GenericRead, ShareAll, IntPtr.Zero, OpenExisting, OpenReparsePoint, IntPtr.Zero);
        int error = Marshal.GetLastWin32Error();
        if (opened.IsInvalid)
            throw new IOException(new Win32Exception(error).Message);
        if (!WindowsAccount.IsCurrent(WindowsObjectSecurity.ReadOwner(opened)))
            throw new IOException("it belongs to another account.");
        SafeFileHandle handle = new(opened.DangerousGetHandle(), ownsHandle: true);
        opened.SetHandleAsInvalid();
        return new FileStream(handle, FileAccess.Read);
    }

    /// <inheritdoc/>
    /// <remarks>Who may read it the folder says.</remarks>
    public FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

    private static bool IsOnDrive(string path)
    {
        bool hasDrive = path.Length > 3 && path[1] == ':' && path[2] is '\\' or '/' && char.ToUpperInvariant(path[0]) is >= 'A' and <= 'Z';

        // A colon further on names a stream of a file, and some are devices.
        if (!hasDrive || path.IndexOf(':', 2) >= 0)
            return false;
        try
        {
            DriveType type = new DriveInfo(path.Substring(0, 1)).DriveType;
            return type is not (DriveType.Network or DriveType.NoRootDirectory or DriveType.Unknown);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
