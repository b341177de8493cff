using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Ntdll
{
    /// <summary>Size and attributes of a section; needs SECTION_QUERY only.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtQuerySection(SafeKernelHandle section, int informationClass, out SectionBasicInformation information, uint length, out uint returnLength);
}
