using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>
/// Objects that another account made under a name of this channel. The kernel opens such an object for a creator, who would then work with
/// an object that another account owns, may change and may remove.
/// </summary>
internal static class WindowsForeignObject
{
    /// <summary>Refuses an object that exists unless this account owns it.</summary>
    /// <param name="fullName">Its name with its prefix.</param>
    /// <param name="owner">SID of its owner. An owner may always read the owner, so an account that may not is not the owner.</param>
    /// <exception cref="WinMmfException">ForeignOwner.</exception>
    public static void ThrowUnlessOurs(string fullName, string owner)
    {
        if (!WindowsAccount.IsCurrent(owner))
            throw WindowsError.Foreign(fullName, owner, WindowsAccount.CurrentUserSid());
    }

    /// <summary>Refuses a section that exists unless this account owns it. Does nothing if it has gone meanwhile.</summary>
    /// <param name="fullName">Its name with its prefix.</param>
    /// <exception cref="WinMmfException">ForeignOwner.</exception>
    public static void ThrowUnlessOursOrGone(string fullName)
    {
        using SafeKernelHandle handle = Kernel32.OpenFileMappingW(AccessRights.READ_CONTROL, inherit: false, fullName);
        int error = Marshal.GetLastWin32Error();
        if (!handle.IsInvalid)
            ThrowUnlessOurs(fullName, WindowsObjectSecurity.ReadOwner(handle));
        else if (error == Win32Error.ERROR_ACCESS_DENIED)
            ThrowUnlessOurs(fullName, "");
    }
}
