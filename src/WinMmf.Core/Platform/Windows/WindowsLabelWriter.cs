using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Labels of sections that exist already (protocol 12.5).</summary>
internal static class WindowsLabelWriter
{
    private const uint LabelInformation = 0x10;

    /// <summary>
    /// Gives a section this process's own label, if it has none or a lower one, so that lower processes of the same account cannot open it
    /// for writing any more. Who has it open for writing keeps that.
    /// </summary>
    /// <exception cref="Errors.WinMmfException">LabelDenied.</exception>
    public static void Raise(string fullName)
    {
        int own = WindowsLabel.OwnLevel(WindowsAccount.CurrentLevel());
        if (own == WindowsLabel.Medium)
            return;
        using SafeKernelHandle handle =
            Kernel32.OpenFileMappingW(AccessRights.READ_CONTROL | AccessRights.WRITE_OWNER, inherit: false, fullName);
        int error = Marshal.GetLastWin32Error();
        if (handle.IsInvalid && WindowsError.IsNotFound(error))
            return;
        string label = $"S:(ML;;NW;;;{WindowsLabel.For(own).Sid})";
        if (handle.IsInvalid)
            throw WindowsError.LabelRefused(fullName, label, error);
        WindowsDescriptor before = WindowsObjectSecurity.Read(handle, fullName);
        if (before.Label is WindowsAce found && WindowsLabel.LevelOf(found.Sid) >= own)
            return;
        using SafeLocalMemory? binary = WindowsSecurityDescriptor.TryConvert(label, out error);
        if (binary is null)
            throw WindowsError.Unexpected($"Making the security descriptor '{label}'", error);
        if (!Advapi32.SetKernelObjectSecurity(handle, LabelInformation, binary))
            throw WindowsError.LabelRefused(fullName, label, Marshal.GetLastWin32Error());
    }
}
