using System.Runtime.InteropServices;
using WinMmf.Names;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>Another program's section: opened with the right to query and no other, so that nothing in it can be read or changed.</summary>
internal static class WindowsForeignSection
{
    private const int SectionBasicInformationClass = 0;

    /// <summary>Its size, or why that is unknown; null if there is no such section.</summary>
    public static ForeignSection? TryLook(SharedName name)
    {
        string fullName = WindowsObjectName.For(name, string.Empty);
        int error = WindowsObjectDirectory.TryOpenToQuery(name, out SafeKernelHandle section);
        using SafeKernelHandle open = section;
        if (error != 0)
            return WindowsError.IsNotFound(error)
                ? null
                : new ForeignSection(0, null, WindowsError.Opening(fullName, writable: false, string.Empty, error));
        uint length = (uint)Marshal.SizeOf<SectionBasicInformation>();
        return Ntdll.NtQuerySection(open, SectionBasicInformationClass, out SectionBasicInformation information, length, out _) >= 0
            ? new ForeignSection(information.MaximumSize, null, null)
            : new ForeignSection(0, null, null);
    }
}
