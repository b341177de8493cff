using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Ntdll
{
    /// <summary>Opens a section with exactly the rights that are asked for.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtOpenSection(out SafeKernelHandle section, uint access, in ObjectAttributes attributes);
}
