using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>An open object whose access list can be replaced.</summary>
internal sealed class WindowsAccessWriter : IAccessWriter
{
    private const uint ListAndProtection = 0x8000_0004;
    private readonly SafeKernelHandle _handle;
    private readonly string _fullName;

    public WindowsAccessWriter(SafeKernelHandle handle, string fullName)
    {
        _handle = handle;
        _fullName = fullName;
    }

    /// <inheritdoc/>
    public void Write(string descriptor)
    {
        using SafeLocalMemory? binary = WindowsSecurityDescriptor.TryConvert(descriptor, out int error);
        if (binary is null)
            throw WindowsError.Unexpected($"Making the security descriptor '{descriptor}'", error);
        if (!Advapi32.SetKernelObjectSecurity(_handle, ListAndProtection, binary))
            throw WindowsError.Unexpected($"Changing the access of '{_fullName}'", Marshal.GetLastWin32Error());
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
