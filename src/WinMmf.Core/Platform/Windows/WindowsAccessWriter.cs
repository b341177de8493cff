using System;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>
/// An open object whose access list can be replaced, and with it the label where that differs. Audit entries are written where the
/// descriptor has some, and stay unchanged otherwise, since few accounts may even read them.
/// </summary>
internal sealed class WindowsAccessWriter : IAccessWriter
{
    private const uint ListAndProtection = 0x8000_0004;
    private const uint Label = 0x10;
    private const uint Audit = 0x8;
    private readonly SafeKernelHandle _handle;
    private readonly string _fullName;
    private readonly Func<uint, SafeKernelHandle> _reopen;

    /// <param name="handle">The object, opened with WRITE_DAC and READ_CONTROL.</param>
    /// <param name="fullName">Its name with its prefix.</param>
    /// <param name="reopen">Opens it with other rights.</param>
    public WindowsAccessWriter(SafeKernelHandle handle, string fullName, Func<uint, SafeKernelHandle> reopen)
    {
        _handle = handle;
        _fullName = fullName;
        _reopen = reopen;
    }

    /// <inheritdoc/>
    public void Write(string descriptor)
    {
        using SafeLocalMemory? binary = WindowsSecurityDescriptor.TryConvert(descriptor, out int error);
        if (binary is null)
            throw WindowsError.Unexpected($"Making the security descriptor '{descriptor}'", error);
        WindowsDescriptor wanted = WindowsSecurityDescriptor.Parse(binary);
        WindowsDescriptor before = WindowsObjectSecurity.Read(_handle, _fullName);

        // The label first, because it is what may be refused.
        if (wanted.Label?.Sid != before.Label?.Sid || wanted.Label?.Mask != before.Label?.Mask)
            WriteSystem(Label, AccessRights.WRITE_OWNER, wanted.Label is null ? "S:" : wanted.WithSystem([wanted.Label]).SystemToSddl());
        if (wanted.SystemEntries.Any(static entry => !entry.IsLabel))
        {
            string audit = wanted.WithSystem(wanted.SystemEntries.Where(static entry => !entry.IsLabel).ToList()).SystemToSddl();
            _ = WindowsPrivilege.With(WindowsPrivilege.Security, () => WriteSystem(Audit, AccessRights.ACCESS_SYSTEM_SECURITY, audit))
                ?? throw WindowsError.AuditRefused(_fullName, Win32Error.ERROR_PRIVILEGE_NOT_HELD);
        }

        if (!Advapi32.SetKernelObjectSecurity(_handle, ListAndProtection, binary))
            throw WindowsError.Unexpected($"Changing the access of '{_fullName}'", Marshal.GetLastWin32Error());
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private string WriteSystem(uint information, uint access, string sddl)
    {
        using SafeLocalMemory? binary = WindowsSecurityDescriptor.TryConvert(sddl, out int error);
        if (binary is null)
            throw WindowsError.Unexpected($"Making the security descriptor '{sddl}'", error);
        using SafeKernelHandle handle = _reopen(access);
        if (handle.IsInvalid || !Advapi32.SetKernelObjectSecurity(handle, information, binary))
            throw WindowsError.LabelRefused(_fullName, sddl, Marshal.GetLastWin32Error());
        return sddl;
    }
}
